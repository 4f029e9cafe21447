use super::obstacle::Obstacle;
use crate::rules::comparing::{Swap, WrittenAlike};

/// How a swap relates to the present state.
pub(super) enum SwapState {
    /// Everything is already as the swap would leave it.
    Done,
    /// What it replaces or removes is as it was, so it can be applied.
    Ready,
    /// What it replaces or removes has changed or is gone.
    Outdated,
}

/// The state of a swap, given what is now in the place of each of its sides.
pub(super) fn state<T: WrittenAlike>(swap: &Swap<T>, at_before: Option<&T>, at_after: Option<&T>) -> SwapState {
    let is_there = |side: &T, place: Option<&T>| place.is_some_and(|present| side.is_written_like(present));
    let before_is_there = swap.before.as_ref().map(|before| is_there(before, at_before));
    let after_is_there = match &swap.after {
        Some(after) => is_there(after, at_after),
        None => at_before.is_none(),
    };
    match before_is_there {
        None | Some(false) if after_is_there => SwapState::Done,
        None | Some(true) => SwapState::Ready,
        Some(false) => SwapState::Outdated,
    }
}

/// Applies a swap to a list whose items are unique by their key.
pub(super) fn swap_in_list<T: WrittenAlike + Clone>(
    list: &mut Vec<T>,
    swap: &Swap<T>,
    is_same: impl Fn(&T, &T) -> bool,
) -> Result<(), Obstacle> {
    let side = swap.before.as_ref().or(swap.after.as_ref());
    let present = side.and_then(|side| list.iter().find(|it| is_same(it, side)));
    match state(swap, present, present) {
        SwapState::Done => Ok(()),
        SwapState::Outdated => Err(Obstacle::Changed),
        SwapState::Ready if swap.before.is_none() && present.is_some() => Err(Obstacle::AlreadyThere),
        SwapState::Ready => {
            put(list, swap, is_same);
            Ok(())
        }
    }
}

/// Applies a swap to a value that is always there, if the new one is allowed.
pub(super) fn swap_only<T: WrittenAlike + Clone>(
    present: &mut T,
    swap: &Swap<T>,
    allowed: impl Fn(&T) -> Result<(), Obstacle>,
) -> Result<(), Obstacle> {
    match (state(swap, Some(present), Some(present)), &swap.after) {
        (SwapState::Done, _) => {}
        (SwapState::Ready, Some(after)) => {
            allowed(after)?;
            present.clone_from(after);
        }
        _ => return Err(Obstacle::Changed),
    }
    Ok(())
}

/// Puts the after side in the place of the before side, or at the end.
pub(super) fn put<T: Clone>(list: &mut Vec<T>, swap: &Swap<T>, is_same: impl Fn(&T, &T) -> bool) {
    let position = swap.before.as_ref().and_then(|before| list.iter().position(|it| is_same(it, before)));
    match (position, &swap.after) {
        (Some(position), Some(after)) => list[position] = after.clone(),
        (Some(position), None) => drop(list.remove(position)),
        (None, Some(after)) => list.push(after.clone()),
        (None, None) => {}
    }
}
