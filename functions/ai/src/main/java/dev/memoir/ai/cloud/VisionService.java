package dev.memoir.ai.cloud;

/** A service that looks at one picture. Faces are never asked for. */
public interface VisionService {
    /**
     * @param jpeg the analysis rendition
     * @throws VisionFailure when it does not answer, fails, or says what nobody understands
     */
    Answer look(byte[] jpeg);
}
