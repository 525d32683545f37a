package dev.memoir.vectors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How questions and answers go between {@link ScanProcess} and {@link ScanMain}. */
final class Wire {
    private static final int FAILED = -1;

    private Wire() {}

    /** @param file the path of one that {@link VectorFile} writes */
    record Question(String file, Quantised query, int most, Optional<Found> after) {}

    static void write(DataOutputStream out, Question question) throws IOException {
        out.writeUTF(question.file());
        out.writeInt(question.query().components().length);
        out.write(question.query().components());
        out.writeFloat(question.query().scale());
        out.writeInt(question.most());
        out.writeBoolean(question.after().isPresent());
        if (question.after().isPresent()) {
            write(out, question.after().get());
        }
    }

    /** @throws java.io.EOFException when there is none any more */
    static Question readQuestion(DataInputStream in) throws IOException {
        String file = in.readUTF();
        byte[] components = new byte[in.readInt()];
        in.readFully(components);
        Quantised query = new Quantised(in.readFloat(), components);
        int most = in.readInt();
        return new Question(file, query, most, in.readBoolean() ? Optional.of(readFound(in)) : Optional.empty());
    }

    static void writeAnswer(DataOutputStream out, List<Found> best) throws IOException {
        out.writeInt(best.size());
        for (Found found : best) {
            write(out, found);
        }
    }

    static void writeFailure(DataOutputStream out, String message) throws IOException {
        out.writeInt(FAILED);
        out.writeUTF(message);
    }

    /** @throws IOException also with what the other side says why it failed */
    static List<Found> readAnswer(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException(in.readUTF());
        }
        List<Found> best = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            best.add(readFound(in));
        }
        return best;
    }

    private static void write(DataOutputStream out, Found found) throws IOException {
        out.write(found.id());
        out.writeFloat(found.score());
    }

    private static Found readFound(DataInputStream in) throws IOException {
        byte[] id = new byte[Layout.ID];
        in.readFully(id);
        return new Found(id, in.readFloat());
    }
}
