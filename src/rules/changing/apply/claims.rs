use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What a change frees and what it takes, of things that only one rule or authority can have: priorities, CVR numbers.
#[derive(Debug)]
pub(super) struct Claim<K> {
    pub frees: Vec<K>,
    pub takes: Vec<K>,
}

/// For each claim, the key that prevents it when all are met at once; `None` for those that can be met. So two rules can
/// exchange their priorities, which neither could do first.
///
/// A claim that cannot be met does not free anything, and so may prevent others.
pub(super) fn obstacles<K: Copy + Eq + Hash>(claims: &[Claim<K>], is_taken: impl Fn(K) -> bool) -> Vec<Option<K>> {
    let freed: HashSet<K> = claims.iter().flat_map(|claim| claim.frees.iter().copied()).collect();
    let mut takers: HashMap<K, usize> = HashMap::new();
    let mut obstacles = vec![None; claims.len()];
    for (at, claim) in claims.iter().enumerate() {
        obstacles[at] = claim.takes.iter().copied().find(|key| {
            let stays_taken = is_taken(*key) && !freed.contains(key);
            stays_taken || is_second(&mut takers, *key, at)
        });
    }
    let mut failed: Vec<usize> = (0..claims.len()).filter(|at| obstacles[*at].is_some()).collect();
    while let Some(at) = failed.pop() {
        for key in &claims[at].frees {
            if let Some(taker) = takers.get(key).filter(|taker| obstacles[**taker].is_none()) {
                obstacles[*taker] = Some(*key);
                failed.push(*taker);
            }
        }
    }
    obstacles
}

/// Whether an earlier claim, or this one, takes the key already. The first one is noted.
fn is_second<K: Eq + Hash>(takers: &mut HashMap<K, usize>, key: K, claim: usize) -> bool {
    match takers.entry(key) {
        Entry::Occupied(_) => true,
        Entry::Vacant(entry) => {
            entry.insert(claim);
            false
        }
    }
}
