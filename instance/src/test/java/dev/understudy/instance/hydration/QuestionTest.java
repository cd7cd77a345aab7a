package dev.understudy.instance.hydration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.understudy.instance.Contoso;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionTest {
    private static final AlternateId NUMBER =
            new AlternateId(
                    Contoso.ACCOUNT,
                    Contoso.ACCOUNT.alternateKeys().getFirst(),
                    List.of("A-'1\"ü"));

    @Test
    void questionComesAsItWasAsked() {
        Question question =
                new Question(
                        "contoso.crm.Account", "k", List.of(AlternateIds.json(NUMBER)), "europe");
        assertThat(Question.of(question.json())).isEqualTo(question);
        assertThat(AlternateIds.of(Contoso.ACCOUNT, question.alternateKeys().getFirst()))
                .contains(NUMBER);
    }

    @Test
    void answerSaysWhoDoesNotKnowWhat() {
        Question question = new Question("contoso.crm.Account", "k", List.of(), "europe");
        assertThat(Question.ofAnswer(question.unknownTo("us")))
                .isEqualTo(new Question("contoso.crm.Account", "k", List.of(), "us"));
    }

    @Test
    void alternateKeyThatTheTypeDoesNotHaveIsNone() {
        assertThat(AlternateIds.of(Contoso.CONTACT, AlternateIds.json(NUMBER))).isEmpty();
    }

    @Test
    void answerAboutWhatIsNoKeyDoesNotHideTheOthers() {
        EntityId id = Contoso.id(Contoso.ACCOUNT, 1);
        assertThat(
                        Hydration.unknown(
                                Contoso.CATALOG,
                                List.of(
                                        new Question("contoso.crm.Account", "k", List.of(), "us"),
                                        new Question(
                                                "contoso.crm.Account",
                                                id.key().text(),
                                                List.of(),
                                                "us"))))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"type\":\"a.B\",\"key\":\"k\"}",
                "{\"type\":\"a.B\",\"key\":\"k\",\"askedBy\":\"../topic\"}",
                "{\"type\":\"a.B\",\"askedBy\":\"europe\"}"
            })
    void whatIsNoQuestionIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> Question.of(json.getBytes(UTF_8)));
    }
}
