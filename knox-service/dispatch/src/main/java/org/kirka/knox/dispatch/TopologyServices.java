package org.kirka.knox.dispatch;

import java.util.List;
import javax.servlet.ServletContext;
import org.apache.knox.gateway.i18n.messages.MessagesFactory;
import org.apache.knox.gateway.services.GatewayServices;
import org.apache.knox.gateway.services.ServiceType;
import org.apache.knox.gateway.services.registry.ServiceRegistry;
import org.apache.knox.gateway.services.security.AliasService;
import org.apache.knox.gateway.services.security.AliasServiceException;

/** What Knox knows of the topology that a request came by. */
final class TopologyServices {
  private static final DispatchMessages LOG = MessagesFactory.get(DispatchMessages.class);

  private final GatewayServices services;
  private final String topology;

  TopologyServices(ServletContext context) {
    services = (GatewayServices) context.getAttribute(GatewayServices.GATEWAY_SERVICES_ATTRIBUTE);
    topology = (String) context.getAttribute(GatewayServices.GATEWAY_CLUSTER_ATTRIBUTE);
  }

  /** The addresses that the topology lists for a service. */
  List<String> urlsOf(String role) {
    ServiceRegistry registry = services.getService(ServiceType.SERVICE_REGISTRY_SERVICE);
    return registry.lookupServiceURLs(topology, role);
  }

  /**
   * The secret by which the gateway proves itself: the topology's own, else the gateway's. Asked at every request: Knox
   * keeps its keystores in memory.
   *
   * @return null where there is none
   */
  char[] secret(String alias) {
    AliasService aliases = services.getService(ServiceType.ALIAS_SERVICE);
    try {
      char[] secret = aliases.getPasswordFromAliasForCluster(topology, alias);
      return secret != null ? secret : aliases.getPasswordFromAliasForGateway(alias);
    } catch (AliasServiceException e) {
      LOG.secretUnreadable(alias, e);
      return null;
    }
  }
}
