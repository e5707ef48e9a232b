//! An API in three lines: what a template or a script would create, through the same operations.

use landline_api::apigatewayv2::{
    CreateApi, CreateApiInput, CreateDeployment, CreateDeploymentInput, CreateIntegration,
    CreateIntegrationInput, CreateRoute, CreateRouteInput, CreateRouteResponse,
    CreateRouteResponseInput, CreateStage, CreateStageInput, IntegrationType, ProtocolType,
};

use crate::node::Node;
use crate::web_socket::WsClient;

/// An API that is being described.
#[derive(Debug)]
pub struct ApiBuilder<'a> {
    node: &'a Node,
    selection: String,
    routes: Vec<(String, String, Ways)>,
    stage: CreateStageInput,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    One,
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
    pub fn route(mut self, key: &str, function: &str) -> Self {
        self.routes
            .push((key.to_owned(), function.to_owned(), Ways::One));
        self
    }

    /// A two-way route to a function.
    #[must_use]
    pub fn two_way_route(mut self, key: &str, function: &str) -> Self {
        self.routes
            .push((key.to_owned(), function.to_owned(), Ways::Two));
        self
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
        for (key, function, ways) in self.routes {
            add_route(node, &api_id, &key, &function, ways).await;
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

async fn add_route(node: &Node, api_id: &str, key: &str, function: &str, ways: Ways) {
    let uri = format!(
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations",
        node.function_arn(function)
    );
    let integration = node
        .call::<CreateIntegration>(CreateIntegrationInput {
            api_id: api_id.to_owned(),
            integration_type: IntegrationType::AwsProxy,
            integration_uri: Some(uri),
            ..Default::default()
        })
        .await;
    let integration_id = integration
        .integration_id
        .expect("an integration has an id");
    let selection = (ways == Ways::Two).then(|| "$default".to_owned());
    let route = node
        .call::<CreateRoute>(CreateRouteInput {
            api_id: api_id.to_owned(),
            route_key: key.to_owned(),
            target: Some(format!("integrations/{integration_id}")),
            route_response_selection_expression: selection,
            ..Default::default()
        })
        .await;
    if ways == Ways::Two {
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
