package dev.understudy.lob.dataimport;

/** Watches an import; called from several threads, each method by one at a time. */
public interface ImportObserver {

    /** Watches nothing. */
    ImportObserver NONE = new ImportObserver() {};

    /** Called a few times a second. */
    default void progress(ImportProgress progress) {}

    /** Called for each rejected row, in the order of the file. */
    default void rejected(Rejection rejection) {}

    /** Called when the instance begins to give no usable answers, and rows are sent again. */
    default void waiting(String reason) {}
}
