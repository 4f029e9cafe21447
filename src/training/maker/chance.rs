use blake3::{Hasher, OutputReader};

/// Sets these numbers apart from all others that BLAKE3 makes.
const CONTEXT: &str = "Postfordeler 2026-11-27 training messages";

/// Random numbers that are the same on every machine: BLAKE3's output for a seed, which its specification fixes to the last
/// bit, turned into choices with whole numbers alone. It is no source of secrets.
#[derive(Debug)]
pub(super) struct Chance(OutputReader);

impl Chance {
    /// The numbers for what has that name and number, under that seed. Each is independent of the others, so that what is
    /// made third is the same however many were made before.
    pub fn new(seed: u64, name: &str, number: u64) -> Self {
        Self(hasher(seed, name, number).finalize_xof())
    }

    /// The bits for some bytes, under a seed: the same for the same bytes, and in all likelihood for no others.
    pub fn of_bytes(seed: u64, name: &str, bytes: &[u8]) -> [u8; 16] {
        let mut hasher = hasher(seed, name, bytes.len() as u64);
        let mut bits = [0; 16];
        hasher.update(bytes).finalize_xof().fill(&mut bits);
        bits
    }

    /// A number below the bound, which is at least 1. How much likelier some are than others is less than one in four billion
    /// for each that the bound has.
    pub fn below(&mut self, bound: u32) -> u32 {
        let mut bits = [0; 4];
        self.0.fill(&mut bits);
        let scaled = u64::from(u32::from_le_bytes(bits)) * u64::from(bound.max(1));
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    /// A number from one through another.
    pub fn between(&mut self, from: u32, through: u32) -> u32 {
        from + self.below(through.saturating_sub(from) + 1)
    }

    /// Yes, so often of a hundred times.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of them; `None` of none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(u32::try_from(of.len()).unwrap_or(u32::MAX)) as usize)
    }

    /// One of them, each as often as its weight says; `None` when they have none.
    pub fn weighted<T>(&mut self, of: impl Iterator<Item = (u32, T)> + Clone) -> Option<T> {
        let total: u32 = of.clone().map(|(weight, _)| weight).sum();
        let mut at = self.below(total);
        for (weight, it) in of {
            if at < weight {
                return Some(it);
            }
            at -= weight;
        }
        None
    }

    /// Random bits.
    pub fn bytes(&mut self) -> [u8; 16] {
        let mut bits = [0; 16];
        self.0.fill(&mut bits);
        bits
    }
}

fn hasher(seed: u64, name: &str, number: u64) -> Hasher {
    let mut hasher = Hasher::new_derive_key(CONTEXT);
    hasher.update(&seed.to_le_bytes()).update(&number.to_le_bytes());
    hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
    hasher
}
