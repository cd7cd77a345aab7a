package dev.understudy.cli.demo;

import dev.understudy.lob.dataimport.Shape;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user's own accounts, and contacts if there are any, imported from their files: six tenths of
 * the rows first, the rest on resumption.
 */
final class EntityFiles implements Entities {
    private final EntityFile accounts;
    private final Optional<EntityFile> contacts;

    /**
     * Throws ImportFault or IllegalArgumentException if a file cannot be read or has too little.
     */
    EntityFiles(Path accounts, @Nullable Path contacts) {
        this.accounts = new EntityFile(accounts, Shape.ofSet("accounts"));
        this.contacts =
                Optional.ofNullable(contacts)
                        .map(file -> new EntityFile(file, Shape.ofSet("contacts")));
        if (this.accounts.rows() < Cast.LEAST) {
            throw new IllegalArgumentException(
                    "the demo needs at least %d accounts; %s has %d"
                            .formatted(Cast.LEAST, accounts, this.accounts.rows()));
        }
    }

    @Override
    public String description() {
        return rows(accounts) + contacts.map(file -> ", " + rows(file)).orElse("");
    }

    private static String rows(EntityFile file) {
        return String.format(Locale.ROOT, "%,d rows of %s", file.rows(), file.path());
    }

    @Override
    public Created createFirst(Stage stage) {
        return created(file -> file.importFirst(stage));
    }

    @Override
    public Created createRest(Stage stage) {
        return created(file -> file.importRest(stage));
    }

    private Created created(Function<EntityFile, EntityFile.Part> importing) {
        EntityFile.Part ofAccounts = importing.apply(accounts);
        EntityFile.Part ofContacts =
                contacts.map(importing).orElseGet(() -> new EntityFile.Part(0, 0, true));
        long rejected = ofAccounts.rejected() + ofContacts.rejected();
        return new Created(
                ofAccounts.accepted(),
                ofContacts.accepted(),
                ofAccounts.complete() && ofContacts.complete() && ofAccounts.accepted() > 0,
                rejected == 0 ? "all" : "all but %d bad lines, named above".formatted(rejected));
    }
}
