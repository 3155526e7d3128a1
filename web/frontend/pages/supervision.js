// The charts of the board: each draws the numbers that its table says. SVG, so that they print.
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import './supervision.css';

echarts.use([
  AriaComponent, BarChart, GridComponent, LegendComponent, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent,
]);

// Told apart by hue and by shape; neither the red of what is overdue nor the blue of links.
const HUES = {
  light: ['#0f766e', '#b45309', '#6d28d9', '#4d7c0f', '#9d174d', '#475569', '#0e7490'],
  dark: ['#5eead4', '#fbbf24', '#c4b5fd', '#bef264', '#f9a8d4', '#cbd5e1', '#67e8f9'],
};
const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'roundRect', 'arrow'];

const hues = () => HUES[document.documentElement.dataset.bsTheme] ?? HUES.light;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function seriesOf(one, at) {
  const target = one.target === null ? undefined : {
    silent: true,
    symbol: 'none',
    lineStyle: { type: 'dashed', color: colour('--cx-muted') },
    label: { show: false },
    data: [{ yAxis: one.target }],
  };
  return {
    name: one.name,
    type: one.bar ? 'bar' : 'line',
    data: one.values,
    color: hues()[at % hues().length],
    symbol: SHAPES[at % SHAPES.length],
    symbolSize: 8,
    barMaxWidth: 28,
    connectNulls: true,
    markLine: at === 0 ? target : undefined,
  };
}

function optionOf({ months, series }) {
  const ink = colour('--cx-ink');
  const line = colour('--cx-line');
  const rates = series.every((one) => one.rate);
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, type: 'plain', textStyle: { color: ink }, itemGap: 12 },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      valueFormatter: (value) => (value === null || value === undefined ? '—' : rates ? `${value}%` : String(value)),
    },
    xAxis: { type: 'category', data: months, axisLine: { lineStyle: { color: line } }, axisLabel: { color: colour('--cx-muted') } },
    yAxis: {
      type: 'value',
      min: 0,
      max: rates ? 100 : undefined,
      minInterval: series.every((one) => one.bar) ? 1 : undefined,
      axisLabel: { color: colour('--cx-muted'), formatter: rates ? '{value}%' : '{value}' },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(seriesOf),
  };
}

const drawn = [...document.querySelectorAll('[data-chart]')].map((place) => {
  const data = JSON.parse(place.dataset.chart);
  const chart = echarts.init(place, null, { renderer: 'svg' });
  chart.setOption(optionOf(data));
  return { chart, data };
});

new ResizeObserver(() => drawn.forEach(({ chart }) => chart.resize())).observe(document.body);
new MutationObserver(() => drawn.forEach(({ chart, data }) => chart.setOption(optionOf(data), true)))
  .observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] });
addEventListener('beforeprint', () => drawn.forEach(({ chart }) => chart.resize()));
