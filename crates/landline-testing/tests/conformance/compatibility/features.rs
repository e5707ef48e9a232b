//! The features of WebSocket APIs, in the order of the developer guide.

/// One feature.
#[derive(Debug)]
pub(super) struct Feature {
    pub(super) area: &'static str,
    pub(super) name: &'static str,
    pub(super) state: State,
    /// A file of the repository, and the name of a test in it.
    pub(super) shown_by: Option<(&'static str, &'static str)>,
}

/// How far a feature is what AWS has.
#[derive(Debug, Clone, Copy)]
pub(super) enum State {
    /// As AWS documents it or was seen to do it.
    AsAws,
    /// Done, and different for a reason.
    Differs(&'static str),
    /// Not done.
    Missing(&'static str),
}

use State::{AsAws, Differs, Missing};

pub(super) const fn feature(
    area: &'static str,
    name: &'static str,
    state: State,
    file: &'static str,
    test: &'static str,
) -> Feature {
    Feature {
        area,
        name,
        state,
        shown_by: Some((file, test)),
    }
}

pub(super) const fn missing(area: &'static str, name: &'static str, what: &'static str) -> Feature {
    Feature {
        area,
        name,
        state: Missing(what),
        shown_by: None,
    }
}

/// All of them, area by area.
pub(super) const FEATURES: &[Feature] = &[
    feature(
        "Connections",
        "handshake, its four headers, no extensions",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/connected_users.rs",
        "a_client_is_accepted_with_exactly_four_headers",
    ),
    feature(
        "Connections",
        "`$connect` decides by its status",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/connected_users.rs",
        "the_status_of_the_connect_function_decides_about_the_handshake",
    ),
    feature(
        "Connections",
        "subprotocols",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/connected_users.rs",
        "the_connect_function_picks_the_subprotocol_and_nothing_else",
    ),
    feature(
        "Connections",
        "`$disconnect` with code and reason",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/connected_users.rs",
        "a_client_that_closes_with_a_code_sees_it_echoed_and_the_function_sees_it_verbatim",
    ),
    feature(
        "Connections",
        "idle timeout and two hours at most",
        AsAws,
        "crates/landline-testing/tests/conformance/quotas.rs",
        "even_a_busy_connection_ends_after_its_time",
    ),
    feature(
        "Connections",
        "limits of frames and messages",
        Differs("an owner may raise them"),
        "crates/landline-testing/tests/conformance/quotas.rs",
        "a_message_of_100_kb_in_four_frames_is_one_event",
    ),
    feature(
        "Connections",
        "custom domain names and API mappings",
        AsAws,
        "crates/landline-testing/tests/conformance/publish/custom_domain_names.rs",
        "the_longest_mapping_key_wins",
    ),
    feature(
        "Connections",
        "certificates of custom domains",
        Differs("files, an ACME authority or a local authority in place of ACM"),
        "crates/landline-testing/tests/conformance/publish/certificates.rs",
        "a_new_domain_gets_its_certificate_and_keeps_it",
    ),
    feature(
        "Connections",
        "mutual TLS",
        Differs("truststores may also be files"),
        "crates/landline-testing/tests/conformance/publish/mutual_tls.rs",
        "a_truststore_in_a_bucket_lets_the_same_clients_in",
    ),
    feature(
        "Connections",
        "disabled default endpoint",
        AsAws,
        "crates/landline-testing/tests/conformance/publish/default_endpoint.rs",
        "the_default_endpoint_closes_for_handshakes_in_every_form",
    ),
    feature(
        "Authorization of `$connect`",
        "Lambda authorizers",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/access_control_lambda_authorizer.rs",
        "each_failure_of_an_authorizer_has_its_answer",
    ),
    feature(
        "Authorization of `$connect`",
        "IAM by signed headers and presigned URLs",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/access_control_iam.rs",
        "a_presigned_url_passes_with_and_without_a_date_of_expiry",
    ),
    feature(
        "Authorization of `$connect`",
        "API keys and usage plans",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/access_control_api_keys.rs",
        "a_key_of_a_plan_with_the_stage_connects_as_often_as_the_plan_allows",
    ),
    feature(
        "Authorization of `$connect`",
        "IAM policies of roles",
        Differs("in `dev` a missing permission is told and let through"),
        "tests/applications/test_permissions.py",
        "test_a_role_that_may_not_post_is_named_once_with_the_statement_that_it_lacks",
    ),
    feature(
        "Routes",
        "route selection expressions",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/selection_expressions.rs",
        "variables_and_text_are_joined_and_what_is_missing_is_empty",
    ),
    feature(
        "Routes",
        "`$default`, and `Forbidden` without it",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/selection_expressions.rs",
        "an_unknown_action_without_default_route_gets_the_forbidden_frame",
    ),
    feature(
        "Routes",
        "two-way routes by route responses",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/callback_messages.rs",
        "a_two_way_route_sends_the_body_and_nothing_without_one",
    ),
    feature(
        "Routes",
        "models and request validation",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/request_validation.rs",
        "a_message_that_breaks_its_model_gets_an_error_frame_and_no_function",
    ),
    feature(
        "Routes",
        "throttling by account, stage and route",
        Differs("the account's throttle is in force only where its owner sets it"),
        "crates/landline-testing/tests/conformance/quotas.rs",
        "a_throttled_route_answers_with_a_frame_and_others_go_on",
    ),
    feature(
        "Integrations",
        "`AWS_PROXY`",
        AsAws,
        "crates/landline-testing/tests/conformance/overview/callback_messages.rs",
        "a_message_event_has_these_members_in_this_order",
    ),
    feature(
        "Integrations",
        "`AWS` to Lambda functions",
        AsAws,
        "crates/landline-gateway/src/integration/tests/lambda.rs",
        "a_function_gets_what_the_template_makes_and_no_event",
    ),
    feature(
        "Integrations",
        "`AWS` to actions of other services",
        Differs("of the services that Landline has"),
        "crates/landline-testing/tests/conformance/develop/integration_requests.rs",
        "a_message_is_written_to_a_table_without_a_function",
    ),
    feature(
        "Integrations",
        "`HTTP` with templates and parameters",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/integration_requests.rs",
        "an_http_integration_sends_what_its_template_makes",
    ),
    feature(
        "Integrations",
        "`HTTP_PROXY`",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/integration_requests.rs",
        "a_web_server_takes_messages_and_answers_them",
    ),
    feature(
        "Integrations",
        "`MOCK`",
        AsAws,
        "crates/landline-gateway/src/integration/tests/mock.rs",
        "the_status_code_selects_the_integration_response",
    ),
    feature(
        "Integrations",
        "template selection and passthrough",
        AsAws,
        "crates/landline-gateway/src/integration/tests/templates.rs",
        "the_template_selection_expression_names_the_template",
    ),
    feature(
        "Integrations",
        "client certificates towards web servers",
        Differs("keys are ECDSA, not RSA"),
        "crates/landline-gateway/src/integration/http_backend/client/tests.rs",
        "a_server_that_asks_is_shown_the_certificate_of_the_stage",
    ),
    feature(
        "Integrations",
        "content handling",
        AsAws,
        "crates/landline-gateway/src/integration/tests/templates.rs",
        "convert_to_binary_decodes_what_the_client_sent",
    ),
    feature(
        "Integrations",
        "integration responses",
        AsAws,
        "crates/landline-gateway/src/integration/tests/templates.rs",
        "an_integration_response_selects_its_template_by_the_status_code",
    ),
    feature(
        "Integrations",
        "mapping templates (VTL) and JSONPath",
        Differs("open points are listed in the engine's documentation"),
        "crates/landline-gateway/src/mapping/tests/conformance.rs",
        "templates_come_to_what_api_gateway_makes_of_them",
    ),
    feature(
        "`@connections`",
        "POST, GET and DELETE under every form of the URL",
        AsAws,
        "crates/landline-testing/tests/conformance/develop/invoke_connections_url.rs",
        "every_form_of_the_url_reaches_the_connection",
    ),
    feature(
        "`@connections`",
        "a post that was accepted is delivered, or the client saw a close",
        AsAws,
        "crates/landline-gateway/src/connection/tests/history.rs",
        "every_accepted_post_is_delivered_once_and_in_order_or_its_client_saw_a_close",
    ),
    feature(
        "Stages",
        "deployments are immutable",
        AsAws,
        "crates/landline-testing/tests/conformance/publish/deployments.rs",
        "an_edit_shows_after_the_next_deployment_and_open_connections_follow_it",
    ),
    feature(
        "Stages",
        "automatic deployment",
        AsAws,
        "crates/landline-testing/tests/conformance/publish/deployments.rs",
        "an_auto_deploy_stage_follows_every_edit",
    ),
    feature(
        "Stages",
        "stage variables in events and URIs",
        AsAws,
        "crates/landline-testing/tests/conformance/publish/stages.rs",
        "a_stage_variable_in_a_lambda_uri_names_the_function_of_the_stage",
    ),
    feature(
        "Stages",
        "access logs",
        Differs("also to files and stdout; Firehose is not there"),
        "crates/landline-gateway/src/observe/tests/access_logs.rs",
        "every_variable_of_a_message_has_its_value",
    ),
    feature(
        "Stages",
        "execution logs",
        AsAws,
        "crates/landline-gateway/src/observe/tests/execution_logs.rs",
        "a_message_with_data_trace_shows_its_payloads",
    ),
    feature(
        "Stages",
        "CloudWatch metrics",
        Differs("the same as Prometheus on /metrics"),
        "crates/landline-gateway/src/observe/tests/metrics.rs",
        "cloud_watch_gets_each_count_once_for_api_stage_and_detailed_route",
    ),
    feature(
        "Stages",
        "CloudWatch in JSON and in CBOR",
        AsAws,
        "tests/clients/sdk-js/cloudwatch.test.mjs",
        "a metric is put and read back, with dates and numbers of their kinds",
    ),
    feature(
        "Stages",
        "metric math",
        Differs("without searches, anomaly bands and SQL"),
        "crates/landline-platform/src/cloudwatch/math/tests.rs",
        "operators_work_point_by_point_and_bind_as_in_arithmetic",
    ),
    missing(
        "Not there",
        "VPC links",
        "an integration with one is called as if it were public",
    ),
];
