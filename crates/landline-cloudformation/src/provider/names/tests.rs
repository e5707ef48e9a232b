//! The names that are made up.

use super::*;

#[test]
fn a_name_tells_whose_it_is_and_fits_every_service() {
    let name = physical_name("chat", "ConnectFunctionRole", "seed");
    assert!(name.starts_with("chat-ConnectFunctionRole-"), "{name}");
    assert_eq!(name, physical_name("chat", "ConnectFunctionRole", "seed"));
    assert_ne!(name, physical_name("chat", "ConnectFunctionRole", "other"));
    for (stack, logical_id) in [(100, 100), (100, 3), (3, 100), (30, 30)] {
        let name = physical_name(&"s".repeat(stack), &"L".repeat(logical_id), "seed");
        assert!(name.len() <= 64 && name.contains("s-L"), "{name}");
    }
}
