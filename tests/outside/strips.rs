//! Areas in proportion to numbers: they fill their frame, do not overlap, and are read in order.

use postfordeler::picture::{Bounds, strips};
use proptest::prelude::*;

fn overlap(one: Bounds, other: Bounds) -> f32 {
    let width = one.right().min(other.right()) - one.x.max(other.x);
    let height = one.bottom().min(other.bottom()) - one.y.max(other.y);
    width.max(0.0) * height.max(0.0)
}

proptest! {
    #[test]
    fn areas_fill_the_frame_in_proportion_without_overlap(
        weights in prop::collection::vec(prop_oneof![Just(0.0_f32), 0.01..1.0_f32, 1.0..900.0_f32], 1..90),
        (width, height) in (20.0..1900.0_f32, 20.0..1000.0_f32),
    ) {
        let frame = Bounds::new(10.0, 20.0, width, height);
        let areas = strips(&weights, frame);
        prop_assert_eq!(areas.len(), weights.len());
        let all: f32 = weights.iter().sum();
        prop_assume!(all > 0.0);
        let size = width * height;
        for (weight, area) in weights.iter().zip(&areas) {
            let wanted = weight / all * size;
            prop_assert!((area.width * area.height - wanted).abs() < size * 1e-4 + 0.5, "{:?} of {}", area, wanted);
            prop_assert!(area.x > 9.9 && area.y > 19.9, "{:?}", area);
            prop_assert!(area.right() < frame.right() + 0.1 && area.bottom() < frame.bottom() + 0.1, "{:?}", area);
        }
        for (at, one) in areas.iter().enumerate() {
            let overlapped: f32 = areas.iter().skip(at + 1).map(|other| overlap(*one, *other)).sum();
            prop_assert!(overlapped < size * 1e-4 + 0.5, "{:?} overlaps others by {}", one, overlapped);
        }
        // In order: further right in the same strip, or in a later one.
        let shown: Vec<_> = areas.iter().filter(|area| area.width > 0.0).collect();
        for pair in shown.windows(2) {
            let is_beside = (pair[1].y - pair[0].y).abs() < 0.01 && pair[1].x >= pair[0].right() - 0.01;
            prop_assert!(is_beside || pair[1].y > pair[0].y, "{:?}", pair);
        }
    }
}

#[test]
fn equal_weights_make_areas_that_have_room_for_words() {
    for count in [1, 2, 5, 12, 34, 37, 90] {
        for (width, height) in [(560.0, 420.0), (780.0, 560.0), (1640.0, 880.0)] {
            let areas = strips(&vec![1.0; count], Bounds::new(0.0, 0.0, width, height));
            let oblong = areas.iter().map(|area| area.width / area.height).fold(0.0, f32::max);
            assert!(oblong < 8.0, "{count} areas in {width} × {height}: one is {oblong} times as wide as high");
        }
    }
}

#[test]
fn without_weights_nothing_is_shown() {
    let frame = Bounds::new(0.0, 0.0, 100.0, 100.0);
    assert!(strips(&[], frame).is_empty());
    assert!(strips(&[0.0, f32::NAN, -1.0], frame).iter().all(|area| area.width == 0.0));
    assert!(strips(&[1.0], Bounds::new(0.0, 0.0, 0.0, 100.0)).iter().all(|area| area.height == 0.0));
}
