package dev.understudy.instance.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An element of an XML document that is being made. */
final class XmlElement {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();

    /** An element with attributes, given as name, value, name, value … */
    XmlElement(String name, String... attributes) {
        this.name = name;
        for (int i = 0; i < attributes.length; i += 2) {
            this.attributes.put(attributes[i], attributes[i + 1]);
        }
    }

    XmlElement with(Map<String, String> more) {
        attributes.putAll(more);
        return this;
    }

    /** Adds an element, and returns that one. */
    XmlElement add(XmlElement child) {
        children.add(child);
        return child;
    }

    XmlElement add(String childName, String... childAttributes) {
        return add(new XmlElement(childName, childAttributes));
    }

    void write(XMLStreamWriter writer) throws XMLStreamException {
        if (children.isEmpty()) {
            writer.writeEmptyElement(name);
        } else {
            writer.writeStartElement(name);
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            writer.writeAttribute(attribute.getKey(), attribute.getValue());
        }
        if (!children.isEmpty()) {
            for (XmlElement child : children) {
                child.write(writer);
            }
            writer.writeEndElement();
        }
    }
}
