package dev.understudy.cli.demo;

import dev.understudy.lob.LoadResult;
import dev.understudy.lob.contoso.ReferenceData;
import java.util.Locale;

/**
 * Generated accounts and contacts.
 *
 * @param accounts at least 10
 * @param contacts at least 10
 */
record GeneratedEntities(int accounts, int contacts, Cast cast) implements Entities {

    GeneratedEntities {
        if (accounts < Cast.LEAST || contacts < Cast.LEAST) {
            throw new IllegalArgumentException(
                    "the demo needs at least %d accounts and contacts".formatted(Cast.LEAST));
        }
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT, "%,d accounts, %,d contacts, generated", accounts, contacts);
    }

    @Override
    public Created createFirst(Stage stage) {
        return create(
                stage,
                ReferenceData.generate(
                        cast.knownBatch(), Cast.before(accounts), Cast.before(contacts)));
    }

    @Override
    public Created createRest(Stage stage) {
        return create(
                stage,
                ReferenceData.generate(
                        cast.lateBatch(),
                        accounts - Cast.before(accounts),
                        contacts - Cast.before(contacts)));
    }

    private static Created create(Stage stage, ReferenceData data) {
        LoadResult loaded = stage.app().loadReferenceData(data);
        return new Created(
                loaded.accounts().accepted(),
                loaded.contacts().accepted(),
                loaded.complete(),
                loaded.complete() ? "all" : "not all");
    }
}
