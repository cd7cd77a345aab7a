package dev.understudy.service;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of whom to believe, in a file of Java's: PKCS 12 or JKS.
 *
 * @param type the file's
 */
public record TrustStore(Path file, String password, String type) {
    /**
     * From properties; empty if no file is named.
     *
     * @throws InvalidConfigurationException if the file cannot be read
     */
    static Optional<TrustStore> of(Settings settings, String file, String password) {
        String path = settings.text(file, "");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        String secret = settings.text(password, "");
        try {
            return Optional.of(
                    new TrustStore(Path.of(path), secret, store(Path.of(path), secret).getType()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
            throw new InvalidConfigurationException(
                    file,
                    path,
                    "a file of certificates (PKCS 12 or JKS) that " + password + " opens");
        }
    }

    /** What connections of ours are made with. */
    public SSLContext context() {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(file, password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(file + " cannot be read any more", e);
        }
    }

    private static KeyStore store(Path file, String password)
            throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), password.toCharArray());
    }

    @Override
    public String toString() {
        return "TrustStore[" + file + "]";
    }
}
