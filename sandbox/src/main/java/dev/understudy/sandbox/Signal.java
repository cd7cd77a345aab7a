package dev.understudy.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A POSIX signal, sent by the shell because Java can send only two of them. */
enum Signal {
    INTERRUPT("INT"),
    TERMINATE("TERM"),
    KILL("KILL"),
    STOP("STOP"),
    CONTINUE("CONT");

    private final String code;

    Signal(String code) {
        this.code = code;
    }

    /** Sends this signal; a process that is gone already is no error. */
    void send(long pid) {
        send(List.of(pid));
    }

    /** Sends it to several, nearly at once. */
    void send(List<Long> pids) {
        String numbers = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        ProcessBuilder kill =
                new ProcessBuilder("/bin/sh", "-c", "kill -" + code + " " + numbers)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            kill.start().waitFor();
        } catch (IOException e) {
            throw new SandboxException("Cannot send SIG" + code + " to " + numbers, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
