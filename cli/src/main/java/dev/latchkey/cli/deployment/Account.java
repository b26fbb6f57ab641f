package dev.latchkey.cli.deployment;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.GetRoutesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.Route;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

/**
 * What is read of an AWS account: never changed, and only what checks ask for. Credentials, endpoints and, where none is
 * given, the region are found as the AWS SDK finds them.
 */
public final class Account {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final @Nullable Region region;
    private final Map<Class<?>, Object> clients = new HashMap<>();

    /**
     * Asks nothing yet.
     *
     * @param region where the deployment is; null for where the AWS SDK looks by itself
     */
    public Account(@Nullable String region) {
        this.region = region == null ? null : Region.of(region);
    }

    /** A stack with its resources; these are left out where they cannot be read. */
    Reading<Stack> stack(String name) {
        CloudFormationClient aws = client(CloudFormationClient.class, CloudFormationClient.builder());
        return Reading.of("cloudformation:DescribeStacks", () -> {
            var stack = aws.describeStacks(ask -> ask.stackName(name)).stacks().get(0);
            Map<String, String> parameters =
                    byName(stack.parameters(), Parameter::parameterKey, Parameter::parameterValue);
            Map<String, String> outputs = byName(stack.outputs(), Output::outputKey, Output::outputValue);
            return new Stack(name, stack.stackStatusAsString(), parameters, outputs, resources(aws, name));
        });
    }

    private static Map<String, String> resources(CloudFormationClient aws, String name) {
        Reading<Map<String, String>> resources = Reading.of("cloudformation:ListStackResources", () -> {
            List<StackResourceSummary> all =
                    aws.listStackResourcesPaginator(ask -> ask.stackName(name)).stackResourceSummaries().stream()
                            .toList();
            return byName(all, StackResourceSummary::logicalResourceId, StackResourceSummary::physicalResourceId);
        });
        return resources.found().orElse(Map.of());
    }

    private static <T> Map<String, String> byName(
            List<T> all, Function<T, String> name, Function<T, @Nullable String> value) {
        Map<String, String> values = new HashMap<>();
        for (T one : all) {
            String known = value.apply(one);
            values.put(name.apply(one), known == null ? "" : known);
        }
        return values;
    }

    Reading<GetFunctionConfigurationResponse> function(String name) {
        return Reading.of(
                "lambda:GetFunctionConfiguration",
                () -> lambda().getFunctionConfiguration(ask -> ask.functionName(name)));
    }

    /** How many environments are reserved for it; -1 for no such bound. */
    Reading<Integer> concurrency(String name) {
        return Reading.of("lambda:GetFunctionConcurrency", () -> {
            Integer reserved = lambda().getFunctionConcurrency(ask -> ask.functionName(name))
                    .reservedConcurrentExecutions();
            return reserved == null ? -1 : reserved;
        });
    }

    /** The policy in JSON that tells who may invoke it. */
    Reading<String> functionPolicy(String name) {
        return Reading.of(
                "lambda:GetPolicy",
                () -> lambda().getPolicy(ask -> ask.functionName(name)).policy());
    }

    private LambdaClient lambda() {
        return client(LambdaClient.class, LambdaClient.builder());
    }

    Reading<DescribeSecretResponse> secret(String id) {
        return Reading.of("secretsmanager:DescribeSecret", () -> secrets().describeSecret(ask -> ask.secretId(id)));
    }

    /** The current value, which must never be shown; blank for one that is not text. */
    Reading<String> secretValue(String id) {
        return Reading.of("secretsmanager:GetSecretValue", () -> {
            String text = secrets().getSecretValue(ask -> ask.secretId(id)).secretString();
            return text == null ? "" : text;
        });
    }

    private SecretsManagerClient secrets() {
        return client(SecretsManagerClient.class, SecretsManagerClient.builder());
    }

    Reading<TableDescription> table(String name) {
        return Reading.of(
                "dynamodb:DescribeTable",
                () -> tables().describeTable(ask -> ask.tableName(name)).table());
    }

    Reading<TimeToLiveDescription> timeToLive(String table) {
        return Reading.of(
                "dynamodb:DescribeTimeToLive",
                () -> tables().describeTimeToLive(ask -> ask.tableName(table)).timeToLiveDescription());
    }

    /** Whether the table can be set back to any second of the last weeks. */
    Reading<Boolean> pointInTimeRecovery(String table) {
        return Reading.of("dynamodb:DescribeContinuousBackups", () -> {
            var backups = tables().describeContinuousBackups(ask -> ask.tableName(table))
                    .continuousBackupsDescription();
            return backups.pointInTimeRecoveryDescription() != null
                    && backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus()
                            == PointInTimeRecoveryStatus.ENABLED;
        });
    }

    private DynamoDbClient tables() {
        return client(DynamoDbClient.class, DynamoDbClient.builder());
    }

    /** The log groups whose names begin so. */
    Reading<List<LogGroup>> logGroups(String prefix) {
        CloudWatchLogsClient aws = client(CloudWatchLogsClient.class, CloudWatchLogsClient.builder());
        return Reading.of(
                "logs:DescribeLogGroups",
                () -> aws.describeLogGroups(ask -> ask.logGroupNamePrefix(prefix))
                        .logGroups());
    }

    /** The authorizers of a REST or HTTP API; an id does not tell which it is. Of an HTTP API those that its routes ask. */
    Reading<List<ApiAuthorizer>> authorizers(String api) {
        ApiGatewayClient rest = client(ApiGatewayClient.class, ApiGatewayClient.builder());
        Reading<List<ApiAuthorizer>> ofRest = Reading.of(
                "apigateway:GET on /restapis/" + api + "/authorizers",
                () -> rest.getAuthorizers(ask -> ask.restApiId(api)).items().stream()
                        .map(ApiAuthorizer::of)
                        .toList());
        if (ofRest instanceof Reading.Found) {
            return ofRest;
        }
        ApiGatewayV2Client http = client(ApiGatewayV2Client.class, ApiGatewayV2Client.builder());
        Reading<List<ApiAuthorizer>> ofHttp = Reading.of("apigateway:GET on /apis/" + api, () -> ofRoutes(http, api));
        return ofHttp instanceof Reading.Found || ofRest instanceof Reading.Missing ? ofHttp : ofRest;
    }

    /** Those that the routes of an HTTP API ask. */
    private static List<ApiAuthorizer> ofRoutes(ApiGatewayV2Client http, String api) {
        Set<String> ids = new LinkedHashSet<>();
        String more = null;
        do {
            String page = more;
            GetRoutesResponse routes = http.getRoutes(ask -> ask.apiId(api).nextToken(page));
            for (Route route : routes.items()) {
                if (route.authorizerId() != null) {
                    ids.add(route.authorizerId());
                }
            }
            more = routes.nextToken();
        } while (more != null);
        return ids.stream()
                .map(id -> http.getAuthorizer(ask -> ask.apiId(api).authorizerId(id)))
                .map(ApiAuthorizer::of)
                .toList();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(Class<C> type, B builder) {
        return type.cast(clients.computeIfAbsent(type, missing -> {
            builder.httpClientBuilder(
                    UrlConnectionHttpClient.builder().connectionTimeout(LONGEST).socketTimeout(LONGEST));
            if (region != null) {
                builder.region(region);
            }
            return builder.build();
        }));
    }
}
