/** OData's query options: from the text in a URL, through expressions, to typed queries. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.query;
