//! What would wait if a fagsystem were away, and how long until Digital Post deactivates it.

use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, FagsystemId};
use crate::store::Overview;

/// Both in a sentence each.
pub(in crate::desktop::screen) fn in_words(
    overview: &Overview,
    authority: &Authority,
    id: &FagsystemId,
    scene: Scene<'_>,
) -> [String; 2] {
    let t = &scene.t.away;
    let figures = overview.fagsystem(authority.cvr, id);
    let waiting = t.waiting(&figures, overview.usual_weeks, |point| {
        let known = authority.contact_point(point).filter(|point| !point.title.is_empty());
        known.map_or_else(|| point.to_string(), |known| known.title.clone())
    });
    [waiting, t.deactivation(&figures, scene.now)]
}
