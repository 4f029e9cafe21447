use crate::rules::PostType;

/// The words for types of post in the journal, which digests of facts are made from too.
const POST_TYPES: [(Option<PostType>, &str); 4] = [
    (Some(PostType::Authority), "myndighedspost"),
    (Some(PostType::Company), "virksomhedspost"),
    (Some(PostType::Unspecified), "ikkeAngivet"),
    (None, "anden"),
];

pub(in crate::store) fn post_type_word(post_type: Option<PostType>) -> &'static str {
    POST_TYPES.iter().find(|(known, _)| *known == post_type).map_or("", |(_, word)| word)
}

pub(in crate::store) fn post_type_from_word(word: &str) -> Option<PostType> {
    POST_TYPES.iter().find(|(_, known)| *known == word).and_then(|(post_type, _)| *post_type)
}
