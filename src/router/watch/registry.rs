use prometheus::Registry;
use prometheus::core::Collector;

/// The labels of everything that is counted per fagsystem.
pub(super) const TO_FAGSYSTEM: &[&str] = &["authority", "fagsystem"];

/// Registers a collector whose name and labels are fixed in the program.
pub(super) fn register<C: Collector + Clone + 'static>(registry: &Registry, made: prometheus::Result<C>) -> C {
    let collector = made.expect("its name and labels are valid");
    registry.register(Box::new(collector.clone())).expect("no two have the same name");
    collector
}
