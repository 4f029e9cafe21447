#![no_main]

#[path = "../checks/mod.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(
    // The reader of Excel's format may panic, which is caught where it is called; only what escapes is a finding. Set
    // by libfuzzer-sys, the hook would end the process before that.
    init: drop(std::panic::take_hook()),
    |input: &[u8]| {
        checks::workbook::check(input);
    }
);
