package dev.understudy.instance.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

final class CsdlTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();
    private static Document document;

    @BeforeAll
    static void parse() throws Exception {
        byte[] xml = new Csdl(Contoso.CATALOG, "europe").xml();
        document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(xml));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/*/@Version | 4.0",
                "count(//EntityType) | 3",
                "//EntityType[@Name='Account']/Key/PropertyRef/@Name | accountId",
                "//EntityType[@Name='Account']/Property[@Name='accountId']/@Type | Edm.Guid",
                "//EntityType[@Name='Account']/Property[@Name='accountId']/@Nullable | false",
                "//EntityType[@Name='Account']/Property[@Name='annualRevenue']/@Type | Edm.Decimal",
                "//EntityType[@Name='Account']/Property[@Name='annualRevenue']/@Scale | 2",
                "//EntityType[@Name='Account']/Property[@Name='employees']/@Type | Edm.Int32",
                "//EntityType[@Name='Account']/Property[@Name='city']/@Nullable | ''",
                "//EntityType[@Name='Account']/Property[@Name='createdOn']/@Type | Edm.DateTimeOffset",
                "//EntityType[@Name='Contact']/Property[@Name='birthDate']/@Type | Edm.Date",
                "//EntityType[@Name='Ticket']/Property[@Name='priority']/@Type | contoso.crm.Priority",
                "//EnumType[@Name='Priority']/Member[4]/@Name | CRITICAL",
                "//EntityType[@Name='Ticket']/NavigationProperty[@Name='account']/@Type | contoso.crm.Account",
                "//EntityType[@Name='Ticket']/NavigationProperty[@Name='account']/ReferentialConstraint/@Property | accountId",
                "//EntityType[@Name='Ticket']//PropertyValue[@Property='Name']/@PropertyPath | ticketNumber",
                "//EntitySet[@Name='tickets']/@EntityType | contoso.crm.Ticket",
                "//EntitySet[@Name='tickets']/NavigationPropertyBinding[@Path='contact']/@Target | contacts",
                "count(//EntitySet[@Name='tickets']/Annotation) | 0",
                "//EntitySet[@Name='accounts']/Annotation[1]/Record/PropertyValue/@Bool | false"
            })
    void theTypesAreDescribed(String path, String expected) throws Exception {
        assertThat(XPATH.evaluate(path, document)).isEqualTo(expected);
    }

    @Test
    void everySetHasAnOpenApiPath() {
        var paths =
                new OpenApi(Contoso.CATALOG, "europe").document("http://localhost").get("paths");

        assertThat(paths.has("/tickets({ticketId})")).isTrue();
        assertThat(paths.get("/tickets").has("post")).isTrue();
        assertThat(paths.get("/accounts").has("post")).isFalse();
        assertThat(paths.get("/accounts({accountId})").has("get")).isTrue();
    }
}
