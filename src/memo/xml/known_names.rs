//! Names that have been checked and taken apart, so that it is done once: a message repeats its names, and so do messages.

use std::cell::RefCell;

use super::name::{Name, Prefix};
use super::words::Words;

/// The number of places where names are remembered: some four times as many as the longest example has names.
const PLACES: usize = 512;
/// A name is in one of so many places side by side.
const NEIGHBOURS: usize = 4;

/// A valid name of at most [`Words::BYTES`] bytes that a thread has met.
///
/// What is remembered of a name follows from the name alone, so it holds in every message. Names fill a table of fixed size; one
/// that does not fit takes the place of another. Whatever names a message has, remembering only ever saves work.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownName {
    /// The name, and zeros after it.
    pub words: Words,
    pub length: usize,
    pub prefix: Prefix,
    /// Where the part after the prefix and its colon begins.
    pub local: usize,
}

const NOTHING: KnownName = KnownName { words: Words::ZEROS, length: 0, prefix: Prefix::NONE, local: 0 };

type Table = [KnownName; PLACES + NEIGHBOURS];

thread_local! {
    static KNOWN: RefCell<Table> = const { RefCell::new([NOTHING; PLACES + NEIGHBOURS]) };
}

/// The name that these words are, if it is known.
#[inline]
pub(super) fn find(words: &Words, length: usize) -> Option<KnownName> {
    KNOWN.with_borrow(|known| {
        let place = first_place(words);
        let is_it = |known: &&KnownName| known.words == *words && known.length == length;
        known[place..place + NEIGHBOURS].iter().find(is_it).copied()
    })
}

/// Remembers a valid name, if it is not too long for that.
pub(super) fn remember(name: &Name<'_>) {
    let Some(words) = Words::of(name.whole) else { return };
    let local = name.whole.len() - name.local.len();
    let name = KnownName { words, length: name.whole.len(), prefix: Prefix::of(name.prefix), local };
    KNOWN.with_borrow_mut(|known| {
        let place = first_place(&words);
        let neighbours = &mut known[place..place + NEIGHBOURS];
        let is_its = |known: &KnownName| known.length == 0 || known.words == words;
        let own = neighbours.iter().position(is_its).unwrap_or(0);
        neighbours[own] = name;
    });
}

/// Where a name is looked for first.
#[inline]
fn first_place(words: &Words) -> usize {
    const SHIFT: u32 = u64::BITS - PLACES.ilog2();
    (words.hash() >> SHIFT) as usize
}
