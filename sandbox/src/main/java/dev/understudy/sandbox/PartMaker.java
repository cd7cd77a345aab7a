package dev.understudy.sandbox;

/** Makes the parts of one sandbox, none of them started. */
sealed interface PartMaker extends AutoCloseable permits ProcessMaker, ContainerMaker {

    KafkaServer kafka(String name, ServerOptions options);

    RegistryServer registry(String name, ServerOptions options);

    PostgresServer postgres(String name, PostgresVersion version, ServerOptions options);

    Service service(ServiceOptions options);

    /** Gives back what the parts had in common, once they are closed. */
    @Override
    void close();

    static PartMaker of(RunMode mode) {
        return switch (mode) {
            case PROCESSES -> new ProcessMaker();
            case CONTAINERS -> new ContainerMaker();
        };
    }
}
