use crate::rules::book::Priority;

/// The distance between the numbers of new rules, so that others can be put between them later.
pub(super) const GAP: u32 = 10;

/// Numbers for rules in a given order, from the numbers they have; `None` is a rule that has none yet. There may be
/// as many rules as there are numbers.
///
/// As many rules as possible keep their number. The others are spread evenly between two that do; after the last one, they
/// continue at multiples of [`GAP`].
pub(super) fn numbers_in_order(present: &[Option<Priority>]) -> Vec<Priority> {
    let unchanged = unchanged(present);
    let mut numbers: Vec<Priority> = Vec::with_capacity(present.len());
    let mut begin = 0;
    while begin < unchanged.len() {
        let end = (begin..unchanged.len()).find(|at| unchanged[*at].is_some()).unwrap_or(unchanged.len());
        let below = numbers.last().map_or(0, |number| number.get());
        let above = unchanged.get(end).copied().flatten();
        numbers.extend(spread(below, above.map(Priority::get), end - begin));
        numbers.extend(above);
        begin = end + 1;
    }
    numbers
}

/// The numbers that can stay, as many as possible; `None` for the others.
///
/// Two numbers can both stay when the rules between them find room there. That is so when the lead of the second (its number
/// less its position) is not less than that of the first. So the longest subsequence of leads that never decreases leaves
/// the most numbers unchanged.
fn unchanged(present: &[Option<Priority>]) -> Vec<Option<Priority>> {
    let lead = |at: usize| -> Option<i64> { Some(i64::from(present[at]?.get()) - i64::try_from(at).ok()?) };
    let highest_lead = i64::from(u32::MAX) + 1 - i64::try_from(present.len()).unwrap_or(i64::MAX);
    // For each length, the end of the subsequence of that length whose last lead is the least: most can follow it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; present.len()];
    for (at, before) in before.iter_mut().enumerate() {
        let Some(own) = lead(at).filter(|own| (1..=highest_lead).contains(own)) else { continue };
        let length = ends.partition_point(|end| lead(*end) <= Some(own));
        *before = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut unchanged = vec![None; present.len()];
    for at in std::iter::successors(ends.last().copied(), |at| before[*at]) {
        unchanged[at] = present[at];
    }
    unchanged
}

/// `count` numbers between the two, which have room for them.
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
