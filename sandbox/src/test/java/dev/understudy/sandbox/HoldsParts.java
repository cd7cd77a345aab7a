package dev.understudy.sandbox;

import java.io.IOException;

/** A program that opens parts, tells their processes, and closes nothing by itself. */
final class HoldsParts {

    private HoldsParts() {}

    public static void main(String[] arguments) throws IOException {
        KafkaServer kafka = KafkaServer.open();
        PostgresServer postgres = PostgresServer.open();
        System.out.println(
                ((PartProcess) kafka.runner()).pid()
                        + " "
                        + ((PartProcess) postgres.runner()).pid());
        System.out.println(kafka.log().getParent());
        System.out.println(postgres.log().getParent());
        var _ = System.in.read();
    }
}
