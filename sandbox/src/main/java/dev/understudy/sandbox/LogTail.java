package dev.understudy.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The last lines of a log, for the message about the part that wrote it. */
final class LogTail {

    private static final int LINES = 20;
    private static final int MAX_BYTES = 8 * 1024;

    private LogTail() {}

    /** A copy, because the log itself goes with its directory when the failed part is closed. */
    static Path kept(String name, Path log) {
        try {
            Path copy = Files.createTempFile("understudy-" + name + "-", ".log");
            return Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            return log;
        }
    }

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - MAX_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            if (lines.isEmpty()) {
                return "its log " + log + " is empty";
            }
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return "its log " + log + " ends:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "its log " + log + " cannot be read (" + e + ")";
        }
    }
}
