//! The colours that tell fagsystems apart in pictures.

use crate::picture::Tone;
use crate::rules::{Authority, FagsystemId};

/// The colour of a fagsystem, the same in every picture: grey for the default recipient, and one for each other by its
/// place among the authority's fagsystems. One that the authority does not have is grey too.
pub fn fagsystem_tone(authority: &Authority, fagsystem: &FagsystemId) -> Tone {
    let others = authority.fagsystems.iter().filter(|it| it.id != authority.default_fagsystem);
    others.map(|it| &it.id).position(|id| id == fagsystem).map_or(Tone::Muted, Tone::Series)
}
