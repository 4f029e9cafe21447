//! The short way from tag to tag, through what has arrived as a whole.

use super::known_names::{self, KnownName};
use super::listener::Listener;
use super::names::{MAX_DEPTH, NameStack};
use super::not_well_formed::NotWellFormed;
use super::words::{Words, text_length};

/// What is looked at: `</`, the longest name that is remembered, and `>`.
const AHEAD: usize = 2 + Words::BYTES + 1;

/// Reads texts and tags within the outermost element as long as each is in the common form: a tag without attributes or white
/// space, its name known or that of the element it closes, and not among the last bytes of the input. Returns the rest, which
/// begins with something else, or with what is not there as a whole.
///
/// Most of a message is read here. Whatever is left, and whatever is wrong, is the scanner's: it knows all forms, goes through
/// its states, and finds the same in what is read here.
#[inline(never)]
pub(super) fn read_on<'a, L: Listener>(
    names: &mut NameStack,
    mut input: &'a [u8],
    listener: &mut L,
) -> Result<&'a [u8], L::Error> {
    loop {
        let (text, tag) = input.split_at(text_length(input));
        if !text.is_empty() {
            listener.text(text)?;
        }
        input = tag;
        let Some(ahead) = tag.first_chunk::<AHEAD>() else { break };
        let length = match ahead {
            [b'<', b'/', name @ ..] => {
                let Some(length) = closing(names, name) else { break };
                names.close_innermost();
                listener.end()?;
                length + 1
            }
            [b'<', name @ .., _] => {
                let Some(name) = opening(name) else { break };
                if names.depth() == MAX_DEPTH {
                    return Err(NotWellFormed::TooLarge.into());
                }
                let whole = &tag[1..=name.length];
                listener.start(names.open_known(&name, whole)?, &whole[name.local..], false)?;
                name.length
            }
            _ => break,
        };
        input = &tag[length + 2..];
        if names.depth() == 0 {
            break;
        }
    }
    Ok(input)
}

/// The length of the name, if it is the end tag of the innermost element.
#[inline]
fn closing(names: &NameStack, name: &[u8; AHEAD - 2]) -> Option<usize> {
    let length = names.closes(&Words::new(name.first_chunk()?))?;
    (name.get(length) == Some(&b'>')).then_some(length)
}

/// The name, if it is a start tag in the common form.
#[inline]
fn opening(name: &[u8; AHEAD - 2]) -> Option<KnownName> {
    let words = Words::new(name.first_chunk()?);
    let length = words.before_bracket();
    if length == 0 || name[length] != b'>' {
        return None;
    }
    known_names::find(&words.cut(length), length)
}
