use super::obstacle::Obstacle;
use crate::rules::comparing::{Swap, WrittenAlike};

/// How a swap stands to what is there now.
pub(super) enum Stance {
    /// All is already as it would be afterwards.
    Made,
    /// What is to be taken away is there as it was.
    Ready,
    /// What is to be taken away is not there as it was.
    Overtaken,
}

/// How a swap stands, going by what now stands where each of its sides would.
pub(super) fn stance<T: WrittenAlike>(swap: &Swap<T>, at_before: Option<&T>, at_after: Option<&T>) -> Stance {
    let stands = |side: &T, place: Option<&T>| place.is_some_and(|standing| side.is_written_like(standing));
    let before_stands = swap.before.as_ref().map(|before| stands(before, at_before));
    let after_stands = match &swap.after {
        Some(after) => stands(after, at_after),
        None => at_before.is_none(),
    };
    match before_stands {
        None | Some(false) if after_stands => Stance::Made,
        None | Some(true) => Stance::Ready,
        Some(false) => Stance::Overtaken,
    }
}

/// Makes a swap in a list of things, each of which can be there once.
pub(super) fn swap_in_list<T: WrittenAlike + Clone>(
    list: &mut Vec<T>,
    swap: &Swap<T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Result<(), Obstacle> {
    let side = swap.before.as_ref().or(swap.after.as_ref());
    let standing = side.and_then(|side| list.iter().find(|it| is_same(it, side)));
    match stance(swap, standing, standing) {
        Stance::Made => Ok(()),
        Stance::Overtaken => Err(Obstacle::Changed),
        Stance::Ready if swap.before.is_none() && standing.is_some() => Err(Obstacle::AlreadyThere),
        Stance::Ready => {
            put(list, swap, is_same);
            Ok(())
        }
    }
}

/// Makes a swap of what is always there, when the new one is allowed.
pub(super) fn swap_only<T: WrittenAlike + Clone>(
    standing: &mut T,
    swap: &Swap<T>,
    allowed: impl Fn(&T) -> Result<(), Obstacle>,
) -> Result<(), Obstacle> {
    match (stance(swap, Some(standing), Some(standing)), &swap.after) {
        (Stance::Made, _) => {}
        (Stance::Ready, Some(after)) => {
            allowed(after)?;
            standing.clone_from(after);
        }
        _ => return Err(Obstacle::Changed),
    }
    Ok(())
}

/// Puts the after side where the before side is, or at the end.
pub(super) fn put<T: Clone>(list: &mut Vec<T>, swap: &Swap<T>, is_same: impl Fn(&T, &T) -> bool) {
    let place = swap.before.as_ref().and_then(|before| list.iter().position(|it| is_same(it, before)));
    match (place, &swap.after) {
        (Some(place), Some(after)) => list[place] = after.clone(),
        (Some(place), None) => drop(list.remove(place)),
        (None, Some(after)) => list.push(after.clone()),
        (None, None) => {}
    }
}
