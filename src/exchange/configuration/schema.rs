use serde_json::{Map, Value as Json, json};

use super::format::{ACCESS, ELEMENTS, FILE, Key, SHAPES, Shape, Value, value_of};

/// Describes the configuration file as a JSON Schema (draft 2020-12), generated from what the reader knows of the format.
///
/// A schema cannot express contradictions between parts or repeated keys; only the reader finds those.
#[must_use]
pub fn configuration_schema() -> Json {
    let mut schema = object(&FILE);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("Postfordeler-konfiguration"));
    let parts = SHAPES.iter().skip(1).map(|shape| (shape.name.to_owned(), Json::Object(object(shape))));
    schema.insert("$defs".to_owned(), Json::Object(parts.collect()));
    Json::Object(schema)
}

fn object(shape: &Shape) -> Map<String, Json> {
    let required: Vec<_> = shape.keys.iter().filter(|key| key.default.is_none()).map(|key| key.name).collect();
    let properties = shape.keys.iter().map(|key| (key.name.to_owned(), property(key)));
    let mut object = Map::new();
    object.insert("description".to_owned(), json!(shape.english));
    object.insert("type".to_owned(), json!("object"));
    object.insert("additionalProperties".to_owned(), json!(false));
    object.insert("properties".to_owned(), Json::Object(properties.collect()));
    object.insert("required".to_owned(), json!(required));
    if shape.key("regelvaerdi").is_some() {
        object.insert("allOf".to_owned(), json!(ELEMENTS.map(|(element, kind)| by_element(element, value_of(kind)))));
    }
    object
}

/// The constraint on `regelvaerdi` for that rule element.
fn by_element(element: &str, value: Value) -> Json {
    json!({
        "if": {"properties": {"regelelement": {"const": element}}, "required": ["regelelement"]},
        "then": {"properties": {"regelvaerdi": of(value)}},
    })
}

fn property(key: &Key) -> Json {
    let mut property = if key.default.is_some() { or_null(of(key.value)) } else { of(key.value) };
    if let Json::Object(property) = &mut property {
        property.insert("description".to_owned(), json!(key.english));
    }
    if let Some(default) = key.default.and_then(|default| serde_json::from_str::<Json>(default).ok()) {
        property["default"] = default;
    }
    property
}

/// `null` counts as absent.
fn or_null(mut schema: Json) -> Json {
    match schema.get("type") {
        Some(Json::String(kind)) => {
            schema["type"] = json!([kind, "null"]);
            if let Some(Json::Array(choices)) = schema.get_mut("enum") {
                choices.push(Json::Null);
            }
            schema
        }
        _ => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

fn of(value: Value) -> Json {
    match value {
        Value::Word(word) => json!({"const": word}),
        Value::Exactly(number) => json!({"const": number}),
        Value::Text | Value::ByElement => json!({"type": "string"}),
        Value::SomeText => json!({"type": "string", "pattern": r"\S"}),
        Value::Switch => json!({"type": "boolean"}),
        Value::Cvr => json!({"type": "string", "pattern": "^[0-9]{8}$"}),
        Value::Date => json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Value::Interval(_, parts) => json!({"type": "string", "pattern": interval(parts)}),
        Value::Number(_, parts) => json!({"type": "string", "pattern": format!(r"^\s*{}\s*$", number(parts))}),
        Value::Whole { least, most } => json!({"type": "integer", "minimum": least, "maximum": most}),
        Value::Megabytes => json!({"type": "number", "minimum": 0.0005, "exclusiveMaximum": 1_000_000}),
        Value::Endpoint => json!({
            "type": "string",
            "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?:/*[^\s/?#@\\]+([/?#][^\s\\]*)?\s*$",
        }),
        Value::HeaderName => json!({"type": "string", "pattern": r"^\s*[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}\s*$"}),
        Value::Choice(choices) => json!({"type": "string", "enum": choices()}),
        Value::List(item) => json!({"type": "array", "items": of(*item)}),
        Value::Object(shape) => reference(shape),
        Value::Either(one, other) => json!({"anyOf": [of(*one), of(*other)]}),
        Value::Access => json!({"oneOf": ACCESS.iter().map(|(_, kind)| reference(kind.shape())).collect::<Vec<_>>()}),
    }
}

fn reference(shape: &Shape) -> Json {
    json!({"$ref": format!("#/$defs/{}", shape.name)})
}

/// A number with two digits in each part, or two such numbers with any kind of dash between them.
fn interval(parts: usize) -> String {
    let number = number(parts);
    format!("^\\s*{number}(\\s*[\u{2d}\u{AD}\u{2010}-\u{2015}\u{2043}\u{2212}]\\s*{number})?\\s*$")
}

/// A number with two digits in each part.
fn number(parts: usize) -> String {
    format!(r"[0-9]{{2}}(\.[0-9]{{2}}){{0,{}}}", parts - 1)
}
