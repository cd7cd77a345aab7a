package dev.understudy.service.security;

import dev.understudy.service.KnownProperties;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import jakarta.inject.Singleton;

/** Handlers of a service, one of each kind. */
@Controller
final class Doors {
    private final Callers callers;

    Doors(Callers callers) {
        this.callers = callers;
    }

    @Get("/data")
    @Admits({Role.READ, Role.WRITE})
    String data(HttpRequest<?> request) {
        Grants grants = callers.grants(request);
        return "accounts %s, all %s, here %s"
                .formatted(
                        grants.allow(Role.READ, "contoso.crm.Account"),
                        grants.allowAll(Role.READ),
                        callers.current().equals(grants));
    }

    @Get("/admin/digest")
    @Admits(Role.REPLICATE)
    String digest() {
        return "digest";
    }

    @Get("/admin/other")
    String other() {
        return "other";
    }

    @Post("/data")
    @Consumes(MediaType.ALL)
    @Admits(Role.WRITE)
    String write() {
        return "written";
    }

    @Delete("/data")
    @Admits(Role.WRITE)
    String delete() {
        return "deleted";
    }

    @Factory
    static final class Known {
        @Bean
        @Singleton
        KnownProperties known() {
            return KnownProperties.sharedAnd();
        }
    }
}
