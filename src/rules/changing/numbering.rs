use crate::rules::book::Priority;

/// Numbers are kept apart, so that a rule can be put between two others.
pub(super) const GAP: u32 = 10;

/// Numbers for rules in the order in which they come, given the ones that they have; `None` stands for a rule that
/// has none yet. There may be as many rules as there are numbers.
///
/// As many as can be keep their number. Where new ones must stand between two that are kept, they are spread evenly;
/// after the last, they go on by whole gaps.
pub(super) fn numbers_in_order(present: &[Option<Priority>]) -> Vec<Priority> {
    let kept = kept(present);
    let mut numbers: Vec<Priority> = Vec::with_capacity(present.len());
    let mut begin = 0;
    while begin < kept.len() {
        let end = (begin..kept.len()).find(|at| kept[*at].is_some()).unwrap_or(kept.len());
        let below = numbers.last().map_or(0, |number| number.get());
        let above = kept.get(end).copied().flatten();
        numbers.extend(spread(below, above.map(Priority::get), end - begin));
        numbers.extend(above);
        begin = end + 1;
    }
    numbers
}

/// The numbers that can stay; `None` for the others.
///
/// Two numbers can both stay when there is room between them for those that come between. That is so when the lead of
/// each, its number less its position, does not fall from the one to the other: the longest run of leads that nowhere
/// falls keeps the most numbers.
fn kept(present: &[Option<Priority>]) -> Vec<Option<Priority>> {
    let lead = |at: usize| -> Option<i64> { Some(i64::from(present[at]?.get()) - i64::try_from(at).ok()?) };
    let highest_lead = i64::from(u32::MAX) + 1 - i64::try_from(present.len()).unwrap_or(i64::MAX);
    // For each length, where the run of that length ends that leaves the most to come.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; present.len()];
    for (at, before) in before.iter_mut().enumerate() {
        let Some(own) = lead(at).filter(|own| (1..=highest_lead).contains(own)) else { continue };
        let length = ends.partition_point(|end| lead(*end) <= Some(own));
        *before = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut kept = vec![None; present.len()];
    for at in std::iter::successors(ends.last().copied(), |at| before[*at]) {
        kept[at] = present[at];
    }
    kept
}

/// So many numbers above the one and below the other, which leave room for them.
fn spread(below: u32, above: Option<u32>, count: usize) -> impl Iterator<Item = Priority> {
    let (first, gap) = (u64::from(below / GAP) * u64::from(GAP), u64::from(GAP));
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let in_whole_gaps = above.is_none() && u32::try_from(first + gap * count).is_ok();
    let width = above.map_or(u64::from(u32::MAX) + 1, u64::from) - u64::from(below);
    (1..=count).filter_map(move |nth| {
        let number = if in_whole_gaps { first + gap * nth } else { u64::from(below) + width * nth / (count + 1) };
        u32::try_from(number).ok().and_then(Priority::new)
    })
}
