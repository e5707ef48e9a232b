//! From records to snapshots.

use std::time::Duration;

use super::*;
use crate::deployment::snapshot::IntegrationTarget;

#[test]
fn a_target_names_one_integration() {
    for (target, expected) in [
        ("integrations/abc1234", Some("abc1234")),
        ("integrations/", None),
        ("integrations/a/b", None),
        ("abc1234", None),
    ] {
        assert_eq!(integration_id(target), expected, "{target}");
    }
}

#[test]
fn a_frozen_api_outlives_its_json() {
    let frozen = FrozenApi {
        route_selection_expression: "$request.body.action".into(),
        api_key_selection_expression: None,
        disable_execute_api_endpoint: true,
        routes: vec![FrozenRoute {
            route: Stored(api::Route {
                route_id: Some("abc1234".into()),
                route_key: "$default".into(),
                target: Some("integrations/def5678".into()),
                ..Default::default()
            }),
            responses: Vec::new(),
        }],
        integrations: vec![FrozenIntegration {
            integration: Stored(api::Integration {
                integration_id: Some("def5678".into()),
                integration_type: Some(api::IntegrationType::Mock),
                timeout_in_millis: Some(50),
                ..Default::default()
            }),
            responses: Vec::new(),
        }],
        authorizers: Vec::new(),
        models: Vec::new(),
        http: None,
    };
    let json = serde_json::to_vec(&frozen).unwrap();
    let read: FrozenApi = serde_json::from_slice(&json).unwrap();
    let snapshot = read.snapshot("dep123");
    assert!(snapshot.disable_execute_api_endpoint);
    let route = snapshot.route_for_message(None).unwrap();
    let integration = route.integration.as_ref().unwrap();
    assert_eq!(integration.timeout, Duration::from_millis(50));
    assert!(matches!(integration.target, IntegrationTarget::Mock));
}
