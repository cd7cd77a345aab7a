package dev.understudy.sandbox;

/** Makes parts that are processes of this machine. */
final class ProcessMaker implements PartMaker {

    @Override
    public KafkaServer kafka(String name, ServerOptions options) {
        return KafkaProcess.of(name, options);
    }

    @Override
    public RegistryServer registry(String name, ServerOptions options) {
        return RegistryProcess.of(name, options);
    }

    @Override
    public PostgresServer postgres(String name, PostgresVersion version, ServerOptions options) {
        return PostgresProcess.of(name, version, options);
    }

    @Override
    public Service service(ServiceOptions options) {
        return Service.process(options);
    }

    @Override
    public void close() {}
}
