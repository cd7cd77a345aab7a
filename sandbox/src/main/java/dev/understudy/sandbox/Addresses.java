package dev.understudy.sandbox;

/**
 * Where a server is reached; the same twice when it is a process.
 *
 * @param outside from this machine
 * @param inside from the other parts
 */
record Addresses(String outside, String inside) {

    static Addresses same(String address) {
        return new Addresses(address, address);
    }
}
