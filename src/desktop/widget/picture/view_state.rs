//! What the mouse and the keys are at in a picture, which is found again when another picture takes its place.

use std::sync::Arc;

use iced::Point;

use super::following::{Following, Held};
use super::spot::Spot;
use crate::picture::Picture;

#[derive(Default)]
pub(super) struct State {
    /// The spot that the keys are at.
    pub at: Option<usize>,
    /// The mouse holds a spot.
    pub following: Following<usize>,
    /// What these two spots are called.
    called: (Option<String>, Option<String>),
    /// The picture that was seen last.
    seen: Option<Arc<Picture>>,
    /// Whether its screen must be told what is pointed at in it.
    must_tell: bool,
}

impl State {
    /// The spot that the mouse points at, or else the one that the keys are at.
    pub fn pointed_at(&self) -> Option<usize> {
        let by_keys = self.at.filter(|_| self.following.focus.has_ring());
        self.following.spot().or(by_keys)
    }

    /// What is dragged, with where the mouse is.
    pub fn drag(&self) -> Option<(Held<usize>, Point)> {
        let (mouse, _) = self.following.mouse.at()?;
        Some((self.following.held.filter(|held| held.is_dragged)?, mouse))
    }

    /// The spots that must be found again in another picture.
    pub fn known(&self) -> (Option<usize>, Option<usize>) {
        (self.at, self.following.held.map(|held| held.of))
    }

    /// Keeps what those spots are called.
    pub fn remember(&mut self, spots: &[Spot]) {
        let name = |at: usize| spots.get(at).and_then(|spot| spot.words.first()).cloned();
        let (at, held) = self.known();
        self.called = (at.and_then(name), held.and_then(name));
    }

    /// Finds in another picture what the keys are at and what is held: mail that comes in meanwhile adds bands, which move all
    /// spots to other places among them. What is not there any more is let go.
    pub fn see(&mut self, picture: &Arc<Picture>, spots: &[Spot]) {
        if self.seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, picture)) {
            return;
        }
        self.must_tell = self.seen.is_some();
        self.seen = Some(Arc::clone(picture));
        let (at, held) = &self.called;
        self.at = self.at.and_then(|before| found(spots, before, at.as_ref()?));
        let spot = self.following.held.and_then(|before| found(spots, before.of, held.as_ref()?));
        self.following.held = self.following.held.zip(spot).map(|(held, of)| Held { of, ..held });
        self.remember(spots);
    }

    /// Whether the screen of a new picture is still to be told what is pointed at in it.
    pub fn must_tell(&mut self) -> bool {
        std::mem::take(&mut self.must_tell)
    }
}

/// The spot with that name which is nearest to where it was among the spots.
fn found(spots: &[Spot], before: usize, name: &String) -> Option<usize> {
    let named = spots.iter().enumerate().filter(|(_, spot)| spot.words.first() == Some(name));
    named.map(|(at, _)| at).min_by_key(|at| at.abs_diff(before))
}
