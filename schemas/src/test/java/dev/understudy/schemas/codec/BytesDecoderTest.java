package dev.understudy.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;

class BytesDecoderTest {
    /** A block of 10,000 items, twice: zigzag varints. */
    private static final byte[] BLOCKS = {(byte) 0xA0, (byte) 0x9C, 1, (byte) 0xA0, (byte) 0x9C, 1};

    private final BytesDecoder decoder = new BytesDecoder();

    @Test
    void itemsThatTakeNoBytesAreCountedOverAllBlocks() throws IOException {
        decoder.reset(BLOCKS, 0);

        assertThat(decoder.readArrayStart()).isEqualTo(10_000);
        assertThatThrownBy(decoder::arrayNext).isInstanceOf(EOFException.class);
    }

    @Test
    void theyAreCountedWhereTheyAreSkippedToo() throws IOException {
        decoder.reset(BLOCKS, 0);

        assertThat(decoder.skipArray()).isEqualTo(10_000);
        assertThatThrownBy(decoder::skipMap).isInstanceOf(EOFException.class);
    }

    @Test
    void everyValueIsCountedAnew() throws IOException {
        decoder.reset(BLOCKS, 0);
        decoder.readArrayStart();
        decoder.reset(BLOCKS, 0);

        assertThat(decoder.readMapStart()).isEqualTo(10_000);
    }

    @Test
    void bytesThatAreNoUtf8AreNotReplaced() {
        decoder.reset(new byte[] {4, 'a', (byte) 0xFF}, 0);

        assertThatThrownBy(decoder::readString).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void replacementCharacterThatWasSentIsRead() throws IOException {
        decoder.reset(new byte[] {6, (byte) 0xEF, (byte) 0xBF, (byte) 0xBD}, 0);

        assertThat(decoder.readString()).isEqualTo("\uFFFD");
    }
}
