package dev.understudy.service.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The roles that a caller has, each of all entity types or of some.
 *
 * @param types full names by role; {@link #ALL_TYPES} among them means all
 */
public record Grants(Map<Role, Set<String>> types) {
    /** Of a caller who has no token. */
    public static final Grants NONE = new Grants(Map.of());

    private static final String ALL_TYPES = "*";

    /** Of everybody, where security is off. */
    static final Grants EVERYTHING = of(Set.of("read", "write", "replicate", "administer"));

    public Grants {
        types = Map.copyOf(types);
    }

    /**
     * What a token's claim says: {@code read} of all types, {@code read:contoso.crm.Account} of
     * one. What is no role is passed over, since a claim may hold the roles of other systems too.
     */
    static Grants of(Collection<String> claim) {
        Map<Role, Set<String>> types = new EnumMap<>(Role.class);
        for (String word : claim) {
            int colon = word.indexOf(':');
            Optional<Role> role = Role.named(colon < 0 ? word : word.substring(0, colon));
            String type = colon < 0 ? ALL_TYPES : word.substring(colon + 1);
            // The star is ours: a claim says it by leaving the type out.
            if (role.isPresent() && (colon < 0 || isNameOfType(type))) {
                types.computeIfAbsent(role.get(), _ -> new HashSet<>()).add(type);
            }
        }
        return new Grants(types);
    }

    private static boolean isNameOfType(String name) {
        return !name.isEmpty() && !name.equals(ALL_TYPES);
    }

    /** Whether the role is granted of this type. */
    public boolean allow(Role role, String type) {
        Set<String> granted = types.getOrDefault(role, Set.of());
        return granted.contains(ALL_TYPES) || granted.contains(type);
    }

    /** Whether one of these roles is granted of this type. */
    public boolean allowOneOf(String type, Role... roles) {
        return Arrays.stream(roles).anyMatch(role -> allow(role, type));
    }

    /** Whether the role is granted of all types. */
    public boolean allowAll(Role role) {
        return types.getOrDefault(role, Set.of()).contains(ALL_TYPES);
    }

    /** Whether the role is granted of at least one type. */
    boolean allowAny(Role role) {
        return types.containsKey(role);
    }
}
