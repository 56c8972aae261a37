package dev.cytoplane.controlplane.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** PostgreSQL holds no NUL character in a text: said here, where the field's name is still known. */
final class StorableText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && text.indexOf(0) >= 0) {
            context.reportInputMismatch(this, "has a NUL character, which cannot be stored");
        }
        return text;
    }
}
