package dev.understudy.lob.dataimport;

import org.jspecify.annotations.Nullable;

/** An import that cannot start or go on because of its files; the message names the file. */
public final class ImportFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImportFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
