package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.instance.description.Csdl;
import dev.understudy.instance.description.OpenApi;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Callers;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Answers what the API says about itself. */
@Singleton
final class Descriptions {
    private final Catalog catalog;
    private final OpenApi openApi;
    private final Callers callers;
    private final byte[] csdl;

    Descriptions(Catalog catalog, InstanceConfiguration configuration, Callers callers) {
        this.catalog = catalog;
        this.openApi = new OpenApi(catalog, configuration.instance());
        this.callers = callers;
        this.csdl = new Csdl(catalog, configuration.instance()).xml();
    }

    /** The service document: the entity sets. */
    MutableHttpResponse<byte[]> service(ApiRequest request) {
        QueryString.options(request).requireNone();
        ObjectNode body = Json.object();
        body.put("@odata.context", request.urls().metadata());
        ArrayNode sets = body.putArray("value");
        for (EntityType type : catalog.types()) {
            sets.addObject()
                    .put("name", type.entitySet())
                    .put("kind", "EntitySet")
                    .put("url", type.entitySet());
        }
        return HttpResponse.ok(Json.write(body));
    }

    MutableHttpResponse<byte[]> metadata(ApiRequest request) {
        QueryString.options(request)
                .value("$format")
                .filter(format -> !format.equals("xml") && !format.startsWith("application/xml"))
                .ifPresent(format -> {
                    throw ApiException.notImplemented("$metadata as " + format);
                });
        return HttpResponse.ok(csdl.clone()).contentType(MediaType.APPLICATION_XML_TYPE);
    }

    MutableHttpResponse<byte[]> openApi(ApiRequest request) {
        String base = request.urls().base();
        ObjectNode document = openApi.document(base.substring(0, base.length() - 1));
        return HttpResponse.ok(
                        Json.write(callers.needTokens() ? OpenApi.withTokens(document) : document))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
