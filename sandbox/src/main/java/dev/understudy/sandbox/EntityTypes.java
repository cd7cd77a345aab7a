package dev.understudy.sandbox;

import java.util.List;

/**
 * The entity types that the services of a {@link Sandbox} know.
 *
 * @param catalog all of them, {@code us.contoso.crm.Account}; the source gets its own of them
 * @param schemas places of their schemas: directories, files or {@code classpath:contoso}
 */
public record EntityTypes(List<String> catalog, List<String> schemas) {

    /** Copies. */
    public EntityTypes {
        catalog = List.copyOf(catalog);
        schemas = List.copyOf(schemas);
    }

    /** The shipped domain. */
    public static EntityTypes contoso() {
        return new EntityTypes(
                List.of(
                        "us.contoso.crm.Account",
                        "us.contoso.crm.Contact",
                        "europe.contoso.crm.Ticket"),
                List.of("classpath:contoso"));
    }
}
