"""What is wrong with the file of channels."""

from __future__ import annotations

from engine.register.errors import RegisterFault


class ChannelsFileInvalid(RegisterFault):
    """The file that says how channels are served cannot be used."""

    zh = "渠道配置 {file} 不能用：{why}。写法见 docs/channels.md。"
    en = "The file of channels {file} cannot be used: {why_en}. See docs/channels.md."


class ChannelCannotDeliver(RegisterFault):
    """A job delivers to a channel that is not served by a program."""

    zh = "渠道 {channel} 的办理方式是「{adapter}」，不能自动交付。请检查流程图的分支。"
    en = "Channel {channel} is served by '{adapter}' and cannot be delivered to by a program."
