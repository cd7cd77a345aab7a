/** The Web API: OData v4 JSON over HTTP, as Dataverse documents it. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.web;
