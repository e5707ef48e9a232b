//! An API in three lines: what a template or a script would create, through the same operations.

use landline_api::apigatewayv2::{
    CreateApi, CreateApiInput, CreateDeployment, CreateDeploymentInput, CreateIntegration,
    CreateIntegrationInput, CreateIntegrationResponse, CreateIntegrationResponseInput, CreateRoute,
    CreateRouteInput, CreateRouteResponse, CreateRouteResponseInput, CreateStage, CreateStageInput,
    IntegrationType, ProtocolType,
};

use crate::node::Node;
use crate::web_socket::WsClient;

/// An API that is being described.
#[derive(Debug)]
pub struct ApiBuilder<'a> {
    node: &'a Node,
    selection: String,
    routes: Vec<RouteSpec>,
    stage: CreateStageInput,
}

#[derive(Debug)]
struct RouteSpec {
    key: String,
    ways: Ways,
    integration: CreateIntegrationInput,
    responses: Vec<CreateIntegrationResponseInput>,
}

/// Whether a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways {
    /// It does not.
    One,
    /// It has a route response.
    Two,
}

/// A deployed API.
#[derive(Debug, Clone)]
pub struct DeployedApi {
    /// The API's id.
    pub id: String,
    /// The stage's name.
    pub stage: String,
    /// `ws://127.0.0.1:PORT/{apiId}/{stage}`.
    pub url: String,
}

impl<'a> ApiBuilder<'a> {
    pub(crate) fn new(node: &'a Node) -> Self {
        Self {
            node,
            selection: "$request.body.action".to_owned(),
            routes: Vec::new(),
            stage: CreateStageInput {
                stage_name: "test".to_owned(),
                ..Default::default()
            },
        }
    }

    /// Another route selection expression than `$request.body.action`.
    #[must_use]
    pub fn selection(mut self, expression: &str) -> Self {
        expression.clone_into(&mut self.selection);
        self
    }

    /// A one-way route to a function.
    #[must_use]
    pub fn route(self, key: &str, function: &str) -> Self {
        let integration = self.proxy(function);
        self.integration(key, Ways::One, integration, &[])
    }

    /// A two-way route to a function.
    #[must_use]
    pub fn two_way_route(self, key: &str, function: &str) -> Self {
        let integration = self.proxy(function);
        self.integration(key, Ways::Two, integration, &[])
    }

    /// A route to an integration of any type, with its integration responses: their
    /// keys, and a template each.
    #[must_use]
    pub fn integration(
        mut self,
        key: &str,
        ways: Ways,
        integration: CreateIntegrationInput,
        responses: &[(&str, &str)],
    ) -> Self {
        let response = |(key, template): &(&str, &str)| CreateIntegrationResponseInput {
            integration_response_key: (*key).to_owned(),
            response_templates: Some([("$default".to_owned(), (*template).to_owned())].into()),
            template_selection_expression: Some("\\$default".to_owned()),
            ..Default::default()
        };
        self.routes.push(RouteSpec {
            key: key.to_owned(),
            ways,
            integration,
            responses: responses.iter().map(response).collect(),
        });
        self
    }

    fn proxy(&self, function: &str) -> CreateIntegrationInput {
        CreateIntegrationInput {
            integration_type: IntegrationType::AwsProxy,
            integration_uri: Some(self.node.invocation_uri(function)),
            ..Default::default()
        }
    }

    /// Changes the stage before it is created.
    #[must_use]
    pub fn stage(mut self, change: impl FnOnce(&mut CreateStageInput)) -> Self {
        change(&mut self.stage);
        self
    }

    /// Creates everything and deploys it.
    ///
    /// # Panics
    ///
    /// When an operation refuses.
    pub async fn deploy(self) -> DeployedApi {
        let node = self.node;
        let api = node
            .call::<CreateApi>(CreateApiInput {
                name: "test".to_owned(),
                protocol_type: ProtocolType::Websocket,
                route_selection_expression: Some(self.selection),
                ..Default::default()
            })
            .await;
        let api_id = api.api_id.expect("an API has an id");
        for route in self.routes {
            add_route(node, &api_id, route).await;
        }
        let input = CreateDeploymentInput {
            api_id: api_id.clone(),
            ..Default::default()
        };
        let deployment = node.call::<CreateDeployment>(input).await;
        let stage = node
            .call::<CreateStage>(CreateStageInput {
                api_id: api_id.clone(),
                deployment_id: deployment.deployment_id,
                ..self.stage
            })
            .await;
        let url = format!("ws://{}/{api_id}/{}", node.address, stage.stage_name);
        DeployedApi {
            id: api_id,
            stage: stage.stage_name,
            url,
        }
    }
}

async fn add_route(node: &Node, api_id: &str, spec: RouteSpec) {
    let integration = node
        .call::<CreateIntegration>(CreateIntegrationInput {
            api_id: api_id.to_owned(),
            ..spec.integration
        })
        .await;
    let integration_id = integration
        .integration_id
        .expect("an integration has an id");
    for response in spec.responses {
        node.call::<CreateIntegrationResponse>(CreateIntegrationResponseInput {
            api_id: api_id.to_owned(),
            integration_id: integration_id.clone(),
            ..response
        })
        .await;
    }
    let is_two_way = spec.ways == Ways::Two;
    let route = node
        .call::<CreateRoute>(CreateRouteInput {
            api_id: api_id.to_owned(),
            route_key: spec.key,
            target: Some(format!("integrations/{integration_id}")),
            route_response_selection_expression: is_two_way.then(|| "$default".to_owned()),
            ..Default::default()
        })
        .await;
    if is_two_way {
        node.call::<CreateRouteResponse>(CreateRouteResponseInput {
            api_id: api_id.to_owned(),
            route_id: route.route_id.expect("a route has an id"),
            route_response_key: "$default".to_owned(),
            ..Default::default()
        })
        .await;
    }
}

impl DeployedApi {
    /// Opens a connection.
    pub async fn connect(&self) -> WsClient {
        WsClient::connect(&self.url).await
    }
}
