package dev.understudy.instance;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.store.EntityId;
import java.util.List;
import java.util.UUID;

/**
 * The shipped domain as the instance {@code europe} sees it: tickets its own, the rest replicas.
 */
public final class Contoso {
    public static final List<String> ENTRIES =
            List.of(
                    "us.contoso.crm.Account",
                    "us.contoso.crm.Contact",
                    "europe.contoso.crm.Ticket");
    public static final Catalog CATALOG =
            Catalog.of(ENTRIES, new SchemaFiles(List.of("classpath:contoso")));
    public static final EntityType ACCOUNT = CATALOG.entry("contoso.crm.Account").type();
    public static final EntityType CONTACT = CATALOG.entry("contoso.crm.Contact").type();
    public static final EntityType TICKET = CATALOG.entry("contoso.crm.Ticket").type();

    private Contoso() {}

    public static InstanceConfiguration instance(String name, OnMissing onMissing) {
        return new InstanceConfiguration(
                new EntitiesConfiguration(name, ENTRIES, List.of("classpath:contoso")), onMissing);
    }

    /** The same key for the same number, and ascending with it. */
    public static EntityId id(EntityType type, int number) {
        return new EntityId(type, type.keyType().of(new UUID(0, number)));
    }

    public static EntityField field(EntityType type, String name) {
        return type.field(name).orElseThrow();
    }
}
