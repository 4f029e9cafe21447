use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::BytesRef;

/// What a reference stands for; one that is not known stays as it is written.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return sign.to_string();
    }
    let name = reference.xml10_content();
    resolve_xml_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}
