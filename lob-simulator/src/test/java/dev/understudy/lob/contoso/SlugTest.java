package dev.understudy.lob.contoso;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Groß, Müller & Söhne GmbH|gross-muller-and-sohne-gmbh",
                "L'Œuvre  SARL|l-uvre-sarl",
                "O'Keefe-Ltd.|o-keefe-ltd",
                "東京|x"
            })
    void namesBecomePartsOfAddresses(String name, String slug) {
        assertThat(Slug.of(name)).isEqualTo(slug);
    }
}
