//! What holds whatever is called, and in whatever order.

use proptest::prelude::*;

use super::*;

const KEYS: [&str; 3] = ["one", "two", "three"];
const STAGES: [&str; 2] = ["prod", "auto"];

/// A call to the control plane of one API; many of them are refused.
#[derive(Debug, Clone)]
enum Step {
    AddRoute(usize),
    RemoveFirstRoute,
    Deploy(Option<usize>),
    AddStage(usize),
    SetVariable(usize, u8),
    RemoveStage(usize),
    Reselect(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..KEYS.len()).prop_map(Step::AddRoute),
        1 => Just(Step::RemoveFirstRoute),
        3 => prop::option::of(0..STAGES.len()).prop_map(Step::Deploy),
        3 => (0..STAGES.len()).prop_map(Step::AddStage),
        1 => (0..STAGES.len(), any::<u8>()).prop_map(|(stage, value)| Step::SetVariable(stage, value)),
        1 => (0..STAGES.len()).prop_map(Step::RemoveStage),
        1 => any::<u8>().prop_map(Step::Reselect),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_new_process_serves_what_the_old_one_served(steps in prop::collection::vec(step(), 1..24)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let plane = Plane::new();
            let api_id = plane.api().await;
            for step in steps {
                plane.take(&api_id, step).await;
            }
            let served = plane.served(&api_id);
            prop_assert_eq!(plane.restarted().served(&api_id), served);
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn of_two_routes_with_one_key_at_the_same_time_one_is_made() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let (first, second) = tokio::join!(
        plane.call::<api::CreateRoute>(route(&api_id, "one")),
        plane.call::<api::CreateRoute>(route(&api_id, "one")),
    );
    assert_ne!(first.is_ok(), second.is_ok());
}

impl Plane {
    async fn take(&self, api_id: &str, step: Step) {
        let api_id = api_id.to_owned();
        match step {
            Step::AddRoute(key) => {
                let input = route(&api_id, KEYS[key]);
                let _refused = self.call::<api::CreateRoute>(input).await;
            }
            Step::RemoveFirstRoute => self.remove_first_route(api_id).await,
            Step::Deploy(stage) => {
                let input = api::CreateDeploymentInput {
                    api_id,
                    stage_name: stage.map(|stage| STAGES[stage].into()),
                    ..Default::default()
                };
                let _refused = self.call::<api::CreateDeployment>(input).await;
            }
            Step::AddStage(name) => {
                let input = api::CreateStageInput {
                    auto_deploy: Some(STAGES[name] == "auto"),
                    ..stage(&api_id, STAGES[name])
                };
                let _refused = self.call::<api::CreateStage>(input).await;
            }
            Step::SetVariable(stage, value) => {
                let input = api::UpdateStageInput {
                    api_id,
                    stage_name: STAGES[stage].into(),
                    stage_variables: Some(texts(&[("value", &value.to_string())])),
                    ..Default::default()
                };
                let _refused = self.call::<api::UpdateStage>(input).await;
            }
            Step::RemoveStage(stage) => {
                let stage_name = STAGES[stage].into();
                let input = api::DeleteStageInput { api_id, stage_name };
                let _refused = self.call::<api::DeleteStage>(input).await;
            }
            Step::Reselect(member) => {
                let input = api::UpdateApiInput {
                    api_id,
                    route_selection_expression: Some(format!("$request.body.m{member}")),
                    ..Default::default()
                };
                self.call::<api::UpdateApi>(input).await.unwrap();
            }
        }
    }

    async fn remove_first_route(&self, api_id: String) {
        let list = api::GetRoutesInput {
            api_id: api_id.clone(),
            ..Default::default()
        };
        let routes = self.call::<api::GetRoutes>(list).await.unwrap();
        let Some(first) = routes.items.unwrap().into_iter().next() else {
            return;
        };
        let input = api::DeleteRouteInput {
            api_id,
            route_id: first.route_id.unwrap(),
        };
        self.call::<api::DeleteRoute>(input).await.unwrap();
    }

    /// What a client can tell of each stage.
    fn served(&self, api_id: &str) -> Vec<String> {
        let mut stages = Vec::new();
        for name in STAGES {
            let Some(slot) = self.live.get(api_id, name) else {
                stages.push(format!("{name}: not served"));
                continue;
            };
            let live = slot.load();
            let snapshot = live.snapshot.as_ref();
            let keys: Vec<_> = KEYS
                .iter()
                .filter(|key| self.serves(api_id, name, key))
                .collect();
            let selection = snapshot.map(|it| &it.route_selection);
            let deployment = snapshot.map(|it| &it.deployment_id);
            let variables = &live.variables;
            stages.push(format!(
                "{name}: {deployment:?} {keys:?} {selection:?} {variables:?}"
            ));
        }
        stages
    }
}
