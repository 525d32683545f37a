package dev.memoir.sidecars;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through XML before anything builds a tree of it. Anybody who may put a file beside a picture may put anything there:
 * entities that grow or reach out, and nesting that exhausts the stack.
 */
final class HarmlessXml {
    /** RDF within a packet, with structures in arrays in structures, is some ten deep. */
    private static final int DEEPEST = 64;

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private HarmlessXml() {}

    /** @throws BrokenSidecar unless it is well-formed, without a document type, not deep, and holds RDF */
    static void check(byte[] xml) throws BrokenSidecar {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
            if (!holdsRdf(reader)) {
                throw new BrokenSidecar("is XML, but no XMP: there is no rdf:RDF in it", null);
            }
        } catch (XMLStreamException | RuntimeException e) {
            throw new BrokenSidecar("is not well-formed XML: " + inOneLine(e.getMessage()), e);
        }
    }

    private static boolean holdsRdf(XMLStreamReader reader) throws XMLStreamException, BrokenSidecar {
        boolean rdf = false;
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD ->
                    throw new BrokenSidecar("declares a document type, which no XMP needs and which is refused", null);
                case XMLStreamConstants.START_ELEMENT -> {
                    rdf |= reader.getLocalName().equals("RDF") && RDF.equals(reader.getNamespaceURI());
                    if (++depth > DEEPEST) {
                        throw new BrokenSidecar("is nested more than " + DEEPEST + " deep", null);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
        return rdf;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static String inOneLine(String message) {
        return message == null ? "it can't be read" : message.replaceAll("\\s+", " ");
    }
}
