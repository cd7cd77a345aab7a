package dev.understudy.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process with its children, those that have ended included, as Linux accounts for them. */
public record ProcessTree(long root) {
    private static final double TICKS_PER_SECOND = 100;

    /** Numbers of the fields behind the command in {@code /proc/…/stat}. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final int ENDED_USER_TIME = 13;
    private static final int ENDED_SYSTEM_TIME = 14;

    /** The parent of a process, and all its children. */
    public static ProcessTree withParentOf(long pid) {
        return new ProcessTree(
                ProcessHandle.of(pid)
                        .flatMap(ProcessHandle::parent)
                        .map(ProcessHandle::pid)
                        .orElseThrow(() -> new IllegalStateException(pid + " has no parent")));
    }

    /** The process that this one or its children started to run such a class. */
    public static ProcessTree ofOurs(String mainClass) {
        return new ProcessTree(
                ProcessHandle.current()
                        .descendants()
                        .mapToLong(ProcessHandle::pid)
                        .filter(pid -> command(pid).contains("." + mainClass + " "))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(mainClass + " is not run")));
    }

    /** Java itself has no command line that is as long as a class path. */
    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException _) {
            return "";
        }
    }

    /** User and system, to the 10 ms of the kernel's clock. */
    public double cpuSeconds() {
        String[] own = stat(root);
        double ticks = ticks(own, USER_TIME, SYSTEM_TIME, ENDED_USER_TIME, ENDED_SYSTEM_TIME);
        for (ProcessHandle child : ProcessHandle.of(root).orElseThrow().children().toList()) {
            ticks += ticks(stat(child.pid()), USER_TIME, SYSTEM_TIME);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(String[] stat, int... fields) {
        long ticks = 0;
        for (int field : fields) {
            ticks += field < stat.length ? Long.parseLong(stat[field]) : 0;
        }
        return ticks;
    }

    /** Nothing for a process that has just ended: then its parent has its time. */
    private static String[] stat(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String stat = Files.readString(file);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return new String[0];
            }
            throw new UncheckedIOException(e);
        }
    }
}
