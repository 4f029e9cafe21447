use postfordeler::rules::{Proof, Span};
use proptest::prelude::*;

use super::cases;
use super::small_books::{any_day, any_small_book};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(300)))]

    #[test]
    fn neighbours_that_are_merged_change_no_receiver(book in any_small_book(12), today in any_day()) {
        for pair in book.authorities[0].neighbours(today) {
            let mut merged = book.clone();
            merged.authorities[0].merge(&pair);
            prop_assert_eq!(merged.authorities[0].rules.len() + 1, book.authorities[0].rules.len());
            let [before, after] = [&book, &merged].map(|book| book.compile().expect("no fault"));
            prop_assert!(Proof::between(&before, &after, Span::From(today)).is_empty(), "{:?}", pair);
        }
    }
}
