package org.kirka.knox.dispatch;

import javax.servlet.ServletContext;
import org.apache.knox.gateway.i18n.messages.MessagesFactory;
import org.apache.knox.gateway.services.GatewayServices;
import org.apache.knox.gateway.services.ServiceType;
import org.apache.knox.gateway.services.security.AliasService;
import org.apache.knox.gateway.services.security.AliasServiceException;

/** The secret by which the gateway proves itself, kept in Knox's alias service and never in a file of Kirka's. */
final class GatewaySecret {
  private static final DispatchMessages LOG = MessagesFactory.get(DispatchMessages.class);

  private GatewaySecret() {}

  /**
   * The topology's own secret, else the gateway's. Asked at every request: Knox keeps its keystores in memory, and so a
   * secret that is created or changed is taken up without a restart.
   *
   * @return null where there is none
   */
  static char[] lookUp(ServletContext context, String alias) {
    GatewayServices services = (GatewayServices) context.getAttribute(GatewayServices.GATEWAY_SERVICES_ATTRIBUTE);
    String topology = (String) context.getAttribute(GatewayServices.GATEWAY_CLUSTER_ATTRIBUTE);
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
