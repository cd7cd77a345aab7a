package dev.understudy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lob.dataimport.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntityFileTest {
    @TempDir private Path folder;

    @Test
    void filesOfTwoSetsWithTheSameNameAreCopiedBesideEachOther() throws IOException {
        EntityFile accounts = file("a", "accounts", "accountId");
        EntityFile contacts = file("b", "contacts", "contactId");

        assertThat(accounts.copyIn(folder)).isNotEqualTo(contacts.copyIn(folder));
    }

    private EntityFile file(String parent, String set, String key) throws IOException {
        Path file = Files.createDirectory(folder.resolve(parent)).resolve("data.csv");
        Files.writeString(file, key + "\n");
        return new EntityFile(file, Shape.ofSet(set));
    }
}
